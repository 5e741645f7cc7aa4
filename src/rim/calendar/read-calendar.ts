import { existsSync, readFileSync } from 'node:fs';
import { PLAIN_CALENDAR } from '#core/matter/calendar.ts';
import type { WorkingCalendar } from '#core/matter/calendar.ts';
import { zoneOffset } from './zone-offset.ts';

/**
 * The working-time calendar of a deployment: usual hours in its zone, with the holidays and make-up days its place directory lists.
 * @param file `holidays.json`: `{"holidays": ["2026-10-01", …], "workdays": ["2026-10-10", …]}`; without it no day is special
 * @param zone IANA name
 */
export const readCalendar = (file: string, zone: string): WorkingCalendar => {
  const calendar = { ...PLAIN_CALENDAR, offset_min: zoneOffset(zone) };
  if (!existsSync(file)) return calendar;
  const { holidays, workdays } = JSON.parse(readFileSync(file, 'utf8')) as { holidays: string[]; workdays: string[] };
  return { ...calendar, holidays: new Set(holidays), workdays: new Set(workdays) };
};
