import type { Service } from '#engines/travel/lines/data.ts';
import { Ids, WANTED } from './fields.ts';
import type { Reading } from './reading.ts';
import { readOptional } from './reading.ts';
import { feedError } from './problems.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

interface Draft {
  readonly id: string;
  weekdays: readonly boolean[];
  from: string | null;
  until: string | null;
  readonly added: string[];
  readonly removed: string[];
}

/** Services by id, of calendar.txt, calendar_dates.txt or both. */
export const readCalendar = async (reading: Reading): Promise<ReadonlyMap<string, Service>> => {
  const services = new Map<string, Draft>();
  const draft = (id: string): Draft => {
    const known = services.get(id);
    if (known !== undefined) return known;
    const none = WEEKDAYS.map(() => false);
    const made: Draft = { id, weekdays: none, from: null, until: null, added: [], removed: [] };
    services.set(id, made);
    return made;
  };
  const weekly = await readWeeks(reading, draft);
  const daily = await readExceptions(reading, draft);
  if (!weekly && !daily) throw feedError('gtfs-file-missing', { feed: reading.source.name, file: 'calendar.txt' });
  for (const one of services.values()) {
    one.added.sort();
    one.removed.sort();
  }
  return services;
};

const readWeeks = (reading: Reading, draft: (id: string) => Draft): Promise<boolean> => {
  const { fields } = reading;
  const ids = new Ids(reading.problems);
  const columns = ['service_id', ...WEEKDAYS, 'start_date', 'end_date'];
  return readOptional(reading, 'calendar.txt', columns, (row) => {
    const id = fields.given(row, 'service', 'service_id');
    if (!ids.add(row, 'service_id', id)) return;
    const object = `service ${id}`;
    const service = draft(id);
    service.weekdays = WEEKDAYS.map((day) => {
      const flag = row.get(day);
      if (flag !== '0' && flag !== '1') fields.wrong(row, object, day, WANTED.flag);
      return flag === '1';
    });
    service.from = fields.day(row, object, 'start_date');
    service.until = fields.day(row, object, 'end_date');
    if (service.until < service.from) fields.wrong(row, object, 'end_date', WANTED.laterDay);
  });
};

const readExceptions = (reading: Reading, draft: (id: string) => Draft): Promise<boolean> => {
  const { fields } = reading;
  const ids = new Ids(reading.problems);
  return readOptional(reading, 'calendar_dates.txt', ['service_id', 'date', 'exception_type'], (row) => {
    const id = fields.given(row, 'service', 'service_id');
    const object = `service ${id}`;
    const day = fields.day(row, object, 'date');
    if (!ids.add(row, 'service_id, date', `${id} ${day}`)) return;
    const type = row.get('exception_type');
    if (type === '1') draft(id).added.push(day);
    else if (type === '2') draft(id).removed.push(day);
    else fields.wrong(row, object, 'exception_type', WANTED.exception);
  });
};
