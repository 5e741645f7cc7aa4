import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import { dayNumber } from '#engines/travel/lines/days.ts';
import type { Problems } from './problems.ts';
import type { Row } from './table.ts';

/** What a field must be, in words. */
export const WANTED = {
  time: text('时:分:秒，如 07:35:00 或 25:10:00', 'a time as 07:35:00 or 25:10:00'),
  date: text('日期，如 20260329', 'a date as 20260329'),
  flag: text('0 或 1', '0 or 1'),
  whole: text('不小于 0 的整数', 'a whole number, 0 or more'),
  positive: text('大于 0 的整数', 'a whole number above 0'),
  latitude: text('-90 至 90 的纬度', 'a latitude between -90 and 90'),
  longitude: text('-180 至 180 的经度', 'a longitude between -180 and 180'),
  zone: text('IANA 时区名，如 Asia/Shanghai', 'an IANA time zone, for example Asia/Shanghai'),
  oneZone: text('全部机构同一时区', 'the same time zone for all agencies'),
  given: text('非空', 'given'),
  exception: text('1（加开）或 2（停开）', '1 (added) or 2 (removed)'),
  laterEnd: text('晚于 start_time 的时间', 'a time after start_time'),
  laterDay: text('不早于 start_date 的日期', 'a date not before start_date'),
} as const satisfies Readonly<Record<string, Text>>;

/** Reads fields of rows; what is wrong is told once with its file, line and object, and a value that does no harm stands in. */
export class Fields {
  readonly #problems: Problems;
  constructor(problems: Problems) {
    this.#problems = problems;
  }

  wrong(row: Row, object: string, column: string, wanted: Text): void {
    const { file, line } = row;
    this.#problems.add('gtfs-value-invalid', { file, line, object, column, value: row.get(column), wanted });
  }

  /** An id or name that must be there. */
  given(row: Row, object: string, column: string): string {
    const value = row.get(column);
    if (value === '') this.wrong(row, object, column, WANTED.given);
    return value;
  }

  /** Seconds of `25:10:00`; null where it is blank. */
  time_s(row: Row, object: string, column: string): number | null {
    const value = row.get(column);
    if (value === '') return null;
    const parts = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/.exec(value);
    if (parts !== null) return Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]);
    this.wrong(row, object, column, WANTED.time);
    return null;
  }

  /** `20260329` as `2026-03-29`. */
  day(row: Row, object: string, column: string): string {
    const day = row.get(column).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
    if (!Number.isNaN(dayNumber(day))) return day;
    this.wrong(row, object, column, WANTED.date);
    return '1970-01-01';
  }

  /** @param blank stands for a field that is empty or not there */
  whole(row: Row, object: string, column: string, least: 0 | 1, blank: number | null): number {
    const value = row.get(column);
    if (value === '' && blank !== null) return blank;
    if (/^\d{1,9}$/.test(value) && Number(value) >= least) return Number(value);
    this.wrong(row, object, column, least === 0 ? WANTED.whole : WANTED.positive);
    return least;
  }

  degrees(row: Row, object: string, column: 'stop_lat' | 'stop_lon' | 'shape_pt_lat' | 'shape_pt_lon'): number {
    const value = row.get(column);
    const degrees = value === '' ? Number.NaN : Number(value);
    const isLat = column.endsWith('lat');
    if (Math.abs(degrees) <= (isLat ? 90 : 180)) return degrees;
    this.wrong(row, object, column, isLat ? WANTED.latitude : WANTED.longitude);
    return 0;
  }
}

/** Ids of one file and the lines they stand in. */
export class Ids {
  readonly #lines = new Map<string, number>();
  readonly #problems: Problems;
  constructor(problems: Problems) {
    this.#problems = problems;
  }

  has(id: string): boolean {
    return this.#lines.has(id);
  }

  /** False, and a problem, where the id was there before. */
  add(row: Row, column: string, id: string): boolean {
    const before = this.#lines.get(id);
    if (before === undefined) {
      this.#lines.set(id, row.line);
      return true;
    }
    this.#problems.add('gtfs-id-duplicate', { file: row.file, line: row.line, column, value: id, before });
    return false;
  }
}
