import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { instant } from '#core/base/instant.ts';
import type { Instant } from '#core/base/instant.ts';
import { PLAIN_CALENDAR, addWorking, localDay, workingBetween_s } from './calendar.ts';
import type { WorkingCalendar, ZoneOffset } from './calendar.ts';

/** Local time in Zhoushan, as `2026-11-23 08:30`. */
const at = (local: string): Instant => instant(Date.parse(`${local.replace(' ', 'T')}:00+08:00`));
const local = (moment: Instant): string => new Date(moment + 480 * 60_000).toISOString().slice(0, 16).replace('T', ' ');
const CHINA = PLAIN_CALENDAR.offset_min;
const HOUR_S = 3600;
const DAY_S = 7.5 * HOUR_S;

/** National Day of 2026: 1 to 7 October off, Saturday 10 October worked instead. */
const NATIONAL_DAY: WorkingCalendar = {
  ...PLAIN_CALENDAR,
  holidays: new Set(['01', '02', '03', '04', '05', '06', '07'].map((day) => `2026-10-${day}`)),
  workdays: new Set(['2026-10-10']),
};

const utc = (moment: string): Instant => instant(Date.parse(`${moment}:00Z`));
const FORWARD = utc('2026-03-08T07:00');
const BACK = utc('2026-11-01T06:00');
/** As New York in 2026: five hours behind UTC, four between 8 March and 1 November. */
const SUMMER_TIME: ZoneOffset = (moment) => (moment >= FORWARD && moment < BACK ? -240 : -300);
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
/** Works every day around the clock. */
const ALWAYS: WorkingCalendar = {
  ...PLAIN_CALENDAR,
  offset_min: SUMMER_TIME,
  hours_min: [[0, 1440]],
  weekdays: EVERY_DAY,
};
/** Works in the hours that are left out and repeated. */
const AT_NIGHT: WorkingCalendar = {
  ...ALWAYS,
  hours_min: [
    [75, 105],
    [150, 165],
    [170, 195],
  ],
};

describe('C2 working time', () => {
  for (const [from, hours, until] of [
    ['2026-11-23 09:00', 1, '2026-11-23 10:00'],
    ['2026-11-23 11:30', 1, '2026-11-23 14:00'],
    ['2026-11-23 17:00', 1, '2026-11-24 09:00'],
    ['2026-11-23 03:00', 1, '2026-11-23 09:30'],
    ['2026-11-23 23:59', 1, '2026-11-24 09:30'],
    ['2026-11-27 17:00', 1, '2026-11-30 09:00'],
    ['2026-11-28 12:00', 1, '2026-11-30 09:30'],
    ['2026-11-23 08:30', 7.5, '2026-11-23 17:30'],
    ['2026-11-23 08:30', 15, '2026-11-24 17:30'],
    ['2026-12-31 17:00', 8, '2027-01-01 17:30'],
  ] as const) {
    test(`${hours} h from ${from} end at ${until}`, () => {
      assert.equal(local(addWorking(PLAIN_CALENDAR, at(from), hours * HOUR_S)), until);
    });
  }

  test('nights, lunch and week-ends count nothing', () => {
    assert.equal(workingBetween_s(PLAIN_CALENDAR, at('2026-11-23 17:30'), at('2026-11-24 08:30')), 0);
    assert.equal(workingBetween_s(PLAIN_CALENDAR, at('2026-11-23 12:00'), at('2026-11-23 13:30')), 0);
    assert.equal(workingBetween_s(PLAIN_CALENDAR, at('2026-11-27 17:30'), at('2026-11-30 08:30')), 0);
    assert.equal(workingBetween_s(PLAIN_CALENDAR, at('2026-11-23 00:00'), at('2026-11-30 00:00')), 5 * DAY_S);
  });

  test('holidays count nothing, a day worked instead counts in full', () => {
    assert.equal(local(addWorking(NATIONAL_DAY, at('2026-09-30 17:00'), HOUR_S)), '2026-10-08 09:00');
    assert.equal(workingBetween_s(NATIONAL_DAY, at('2026-10-01 00:00'), at('2026-10-08 00:00')), 0);
    assert.equal(workingBetween_s(NATIONAL_DAY, at('2026-10-10 00:00'), at('2026-10-11 00:00')), DAY_S);
    assert.equal(workingBetween_s(PLAIN_CALENDAR, at('2026-10-10 00:00'), at('2026-10-11 00:00')), 0);
  });

  test('the day is the local one', () => {
    assert.equal(localDay(at('2026-10-01 00:00'), CHINA), '2026-10-01');
    assert.equal(localDay(instant(at('2026-10-01 00:00') - 1), CHINA), '2026-09-30');
    assert.equal(
      localDay(at('2026-10-01 00:00'), () => 0),
      '2026-09-30',
    );
  });

  test('the day and the hours follow daylight saving', () => {
    const summer = { ...PLAIN_CALENDAR, offset_min: SUMMER_TIME };
    assert.equal(localDay(utc('2026-07-01T03:59'), SUMMER_TIME), '2026-06-30');
    assert.equal(localDay(utc('2026-07-01T04:00'), SUMMER_TIME), '2026-07-01');
    assert.equal(localDay(utc('2026-12-01T04:59'), SUMMER_TIME), '2026-11-30');
    // Friday 17:00 local before each change, one hour of work: 9:00 on Monday, by the new offset.
    assert.equal(addWorking(summer, utc('2026-03-06T22:00'), HOUR_S), utc('2026-03-09T13:00'));
    assert.equal(addWorking(summer, utc('2026-10-30T21:00'), HOUR_S), utc('2026-11-02T14:00'));
    assert.equal(workingBetween_s(summer, utc('2026-03-06T05:00'), utc('2026-03-10T04:00')), 2 * DAY_S);
  });

  test('a day on which clocks change has 23 or 25 hours, and hours that are left out count nothing', () => {
    assert.equal(workingBetween_s(ALWAYS, utc('2026-03-08T05:00'), utc('2026-03-09T04:00')), 23 * HOUR_S);
    assert.equal(workingBetween_s(ALWAYS, utc('2026-11-01T04:00'), utc('2026-11-02T05:00')), 25 * HOUR_S);
    assert.equal(workingBetween_s(AT_NIGHT, utc('2026-03-08T05:00'), utc('2026-03-09T04:00')), 45 * 60);
    assert.equal(addWorking(AT_NIGHT, utc('2026-03-08T06:15'), 45 * 60), utc('2026-03-08T07:15'));
  });

  test('no time backwards, and no deadline in a calendar without work', () => {
    assert.equal(workingBetween_s(PLAIN_CALENDAR, at('2026-11-24 10:00'), at('2026-11-23 10:00')), 0);
    assert.throws(() => addWorking({ ...PLAIN_CALENDAR, weekdays: [] }, at('2026-11-24 10:00'), 1), RangeError);
  });

  test('from any moment, working time added is the working time between', () => {
    const moment = fc.integer({ min: at('2026-01-01 00:00'), max: at('2027-12-31 00:00') });
    const seconds = fc.integer({ min: 0, max: 60 * DAY_S * 1000 }).map((ms) => ms / 1000);
    const adds = fc.property(
      moment,
      seconds,
      fc.constantFrom(PLAIN_CALENDAR, NATIONAL_DAY, { ...NATIONAL_DAY, offset_min: SUMMER_TIME }, ALWAYS, AT_NIGHT),
      (from, span_s, calendar) => {
        const until = addWorking(calendar, instant(from), span_s);
        assert.equal(instant(until), until, 'a whole instant');
        assert.equal(workingBetween_s(calendar, instant(from), until), span_s);
      },
    );
    fc.assert(adds);
  });

  test('working time adds up over any moment between', () => {
    const moment = fc.integer({ min: at('2026-09-20 00:00'), max: at('2026-10-20 00:00') });
    const splits = fc.property(fc.tuple(moment, moment, moment), (moments) => {
      const [a, b, c] = moments.toSorted((one, two) => one - two).map(instant) as [Instant, Instant, Instant];
      const sum_ms = Math.round((workingBetween_s(NATIONAL_DAY, a, b) + workingBetween_s(NATIONAL_DAY, b, c)) * 1000);
      assert.equal(sum_ms, Math.round(workingBetween_s(NATIONAL_DAY, a, c) * 1000));
    });
    fc.assert(splits);
  });
});
