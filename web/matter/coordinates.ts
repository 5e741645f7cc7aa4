import type { GeoPosition } from './values.ts';

const SIDE = '([NSEW北南东西])';
/** Degrees, with minutes and seconds where they are given. */
const ANGLE =
  "([+-]?\\d{1,3}(?:\\.\\d+)?)\\s*(?:[°度]\\s*(?:(\\d{1,2}(?:\\.\\d+)?)\\s*['′’分]\\s*(?:(\\d{1,2}(?:\\.\\d+)?)\\s*(?:[\"″”秒]|'')\\s*)?)?)?";
/** The side of the earth stands before both or after both. */
const SIDE_FIRST = new RegExp(`${SIDE}\\s*${ANGLE}`, 'giu');
const SIDE_LAST = new RegExp(`${ANGLE}\\s*${SIDE}?`, 'giu');
const SIDES: Readonly<Record<string, readonly [axis: 'lat' | 'lon', sign: 1 | -1]>> = {
  N: ['lat', 1],
  北: ['lat', 1],
  S: ['lat', -1],
  南: ['lat', -1],
  E: ['lon', 1],
  东: ['lon', 1],
  W: ['lon', -1],
  西: ['lon', -1],
};

interface Angle {
  readonly degrees: number;
  readonly axis: 'lat' | 'lon' | null;
}

/**
 * A position written in figures: `29.981°N 122.315°E`, `122.30, 29.95`, `29°58′51″N 122°18′53″E`, `北纬29.98 东经122.31`. Without sides the one beyond 90 is the longitude, and
 * where neither is, the latitude comes first, as people write it. Null for anything else, and for what is not on the earth.
 */
export const positionIn = (words: string): GeoPosition | null => {
  const text = words.replaceAll(/[纬经:：]|lat(itude)?|lon(gitude)?|lng/giu, ' ').replaceAll(/[，、;；]/gu, ',');
  const isSideFirst = SIDES[text.trim().charAt(0).toUpperCase()] !== undefined;
  const part = isSideFirst ? SIDE_FIRST : SIDE_LAST;
  const parts = [...text.matchAll(part)];
  if (parts.length !== 2 || text.replaceAll(part, '').replaceAll(/[\s,]/g, '') !== '') return null;
  const [first, second] = parts.map(([, ...all]) => angleOf(isSideFirst ? all : [all[3], ...all.slice(0, 3)]));
  if (first === undefined || second === undefined || first === null || second === null) return null;
  const isSwapped =
    first.axis === 'lon' || second.axis === 'lat' || (first.axis === null && Math.abs(first.degrees) > 90);
  const [lat, lon] = isSwapped ? [second, first] : [first, second];
  const isSound =
    lat.axis !== 'lon' && lon.axis !== 'lat' && Math.abs(lat.degrees) <= 90 && Math.abs(lon.degrees) <= 180;
  return isSound ? { lon: lon.degrees, lat: lat.degrees } : null;
};

const angleOf = ([side, degrees = '', minutes = '0', seconds = '0']: readonly (string | undefined)[]): Angle | null => {
  if (Number(minutes) >= 60 || Number(seconds) >= 60) return null;
  const [axis, sign] = SIDES[(side ?? '').toUpperCase()] ?? [null, 1];
  const size = Math.abs(Number(degrees)) + Number(minutes) / 60 + Number(seconds) / 3600;
  const value = degrees.startsWith('-') ? -size : size;
  return { degrees: Math.round(value * sign * 1e6) / 1e6, axis };
};
