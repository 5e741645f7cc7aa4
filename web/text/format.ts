import { NAUTICAL_MILE_M } from '#core/base/geo.ts';
import type { Language } from '#core/base/text.ts';

let zone: string | undefined;
/** The site's time zone; every time on every screen is in it. */
export const setZone = (name: string): void => {
  zone = name;
  formats.clear();
};

const formats = new Map<string, Intl.DateTimeFormat>();
const format = (key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const made = formats.get(key);
  if (made !== undefined) return made;
  const fresh = new Intl.DateTimeFormat('en-GB', {
    ...options,
    hourCycle: 'h23',
    ...(zone === undefined ? {} : { timeZone: zone }),
  });
  formats.set(key, fresh);
  return fresh;
};

/** 14:32 */
export const clock = (at_ms: number): string => format('hm', { hour: '2-digit', minute: '2-digit' }).format(at_ms);
/** 14:32:05 */
export const clockSeconds = (at_ms: number): string =>
  format('hms', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at_ms);
/** 14:32 today, 11-21 14:32 on another day. */
export const moment = (at_ms: number, now_ms: number): string => {
  const day = format('day', { month: '2-digit', day: '2-digit' });
  const [date = '', month = ''] = day.format(at_ms).split('/');
  return day.format(at_ms) === day.format(now_ms) ? clock(at_ms) : `${month}-${date} ${clock(at_ms)}`;
};

/** Moments that the server wrote in words as `2026-11-22 08:00Z`, in the site's zone. */
export const inZone = (words: string, now_ms: number): string =>
  words.replaceAll(/(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})Z/g, (_whole, day: string, time: string) =>
    moment(Date.parse(`${day}T${time}Z`), now_ms),
  );

/** 45 秒 / 45 s, 6 分 / 6 min, 2 小时 5 分 / 2 h 5 min, 3 天 / 3 d. Never negative. */
export const duration = (seconds: number, language: Language): string => {
  const s = Math.max(0, Math.round(seconds));
  const unit = language === 'zh' ? { s: '秒', m: '分', h: '小时', d: '天' } : { s: 's', m: 'min', h: 'h', d: 'd' };
  if (s < 60) return `${s} ${unit.s}`;
  const minutes = Math.round(s / 60);
  if (minutes < 60) return `${minutes} ${unit.m}`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} ${unit.d}`;
  return minutes % 60 === 0 ? `${hours} ${unit.h}` : `${hours} ${unit.h} ${minutes % 60} ${unit.m}`;
};

/** Elapsed as 02:41 or 1:02:41: for what is watched by the second. */
export const stopwatch = (seconds: number): string => {
  const s = Math.max(0, Math.floor(seconds));
  const two = (n: number): string => String(n).padStart(2, '0');
  const tail = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return s < 3600 ? tail : `${Math.floor(s / 3600)}:${tail}`;
};

/** 850 m, 3.2 km; at sea also nautical miles: 3.2 km · 1.7 海里. */
export const distance = (metres: number, language: Language, sea = false): string => {
  if (metres < 1000 && !sea) return `${Math.round(metres / 10) * 10} m`;
  const km = `${(metres / 1000).toFixed(metres < 100_000 ? 1 : 0)} km`;
  if (!sea) return km;
  return `${km} · ${(metres / NAUTICAL_MILE_M).toFixed(1)} ${language === 'zh' ? '海里' : 'nmi'}`;
};

/** 30.0123°N 122.1234°E */
export const coordinates = (position: { readonly lon: number; readonly lat: number }): string =>
  `${Math.abs(position.lat).toFixed(4)}°${position.lat < 0 ? 'S' : 'N'} ${Math.abs(position.lon).toFixed(4)}°${position.lon < 0 ? 'W' : 'E'}`;
