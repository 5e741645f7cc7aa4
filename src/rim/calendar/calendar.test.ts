import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import fc from 'fast-check';
import { instant } from '#core/base/instant.ts';
import type { Instant } from '#core/base/instant.ts';
import { addWorking, localDay } from '#core/matter/calendar.ts';
import { readCalendar } from './read-calendar.ts';
import { zoneOffset } from './zone-offset.ts';

const utc = (moment: string): Instant => instant(Date.parse(`${moment}Z`));
const HOUR_S = 3600;

describe('the offset of a zone', () => {
  test('changes at the very millisecond the clocks do', () => {
    const newYork = zoneOffset('America/New_York');
    const asked = [
      '2026-03-08T06:59:59.999',
      '2026-03-08T07:00:00.000',
      '2026-11-01T05:59:59.999',
      '2026-11-01T06:00:00.000',
    ];
    for (const round of ['read', 'remembered'])
      assert.deepEqual(
        asked.map((moment) => newYork(utc(moment))),
        [-300, -240, -240, -300],
        round,
      );
  });

  test('is that of the time zone data, whatever was asked before', () => {
    const zones = ['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
    const asked = fc.array(fc.integer({ min: 0, max: Date.UTC(2040, 0) }), { minLength: 1, maxLength: 20 });
    const agrees = fc.property(fc.constantFrom(...zones), asked, (zone, moments) => {
      const offset = zoneOffset(zone);
      for (const at of moments) {
        const told = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9;
        assert.equal(offset(at as Instant), told, `${zone} at ${at}`);
      }
    });
    fc.assert(agrees);
  });

  test('is that of a zone there is', () => {
    assert.throws(() => zoneOffset('Atlantis/Capital'), RangeError);
  });
});

describe('the calendar of a place', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'qundao-calendar-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const none = (): string => path.join(folder, 'none.json');

  test('goes by its zone: the day of numbers, and a working deadline over a change of clocks', () => {
    const newYork = readCalendar(none(), 'America/New_York');
    assert.equal(localDay(utc('2026-07-01T03:59:00'), newYork.offset_min), '2026-06-30');
    // Friday 17:00 in New York, one working hour: Monday 9:00, which is an hour earlier in UTC in spring.
    assert.equal(addWorking(newYork, utc('2026-03-06T22:00:00'), HOUR_S), utc('2026-03-09T13:00:00'));
    const shanghai = readCalendar(none(), 'Asia/Shanghai');
    assert.equal(localDay(utc('2026-07-01T03:59:00'), shanghai.offset_min), '2026-07-01');
    assert.equal(addWorking(shanghai, utc('2026-03-06T09:00:00'), HOUR_S), utc('2026-03-09T01:00:00'));
  });

  test('knows the holidays and make-up days of its file', () => {
    const file = path.join(folder, 'holidays.json');
    writeFileSync(file, JSON.stringify({ holidays: ['2026-03-09'], workdays: ['2026-03-08'] }));
    const calendar = readCalendar(file, 'America/New_York');
    assert.equal(addWorking(calendar, utc('2026-03-06T22:00:00'), HOUR_S), utc('2026-03-08T13:00:00'));
    assert.equal(addWorking(calendar, utc('2026-03-08T21:00:00'), HOUR_S), utc('2026-03-10T13:00:00'));
  });
});
