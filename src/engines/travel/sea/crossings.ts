import type { LonLat } from '#core/base/geo.ts';
import { crc32c } from '../road/crc32c.ts';
import { readSections, sectionOf, writeSections } from '../road/sections.ts';
import { encodeTexts } from '../road/utf8.ts';
import type { BoatClass, ClosableArea, Sea, SeaWay } from './water.ts';

/** Raised whenever what is kept or how it is made changes. */
const CROSSINGS_VERSION = 2001;

/** Piers by number: where a class of hulls lies off each, null where it cannot come. */
export type Berths = readonly (LonLat | null)[];

/** Times and lengths by sea from pier to pier for a class of boats, while nothing is closed that need not be. */
export interface Crossings {
  /** Seconds and metres from one pier to another: `[2 × (to × piers + from)]` and the next; Infinity where there is no way. */
  readonly cost: Float64Array;
  /** 1 where that way has a point in an area that may be closed: `[(area × piers + to) × piers + from]`, areas as the sea has them. */
  readonly through: Uint8Array;
}

/** A search from every pier, and a look at it from every other: 8 ms for each of Zhoushan's. */
export const makeCrossings = (sea: Sea, boat: BoatClass, berths: Berths): Crossings => {
  const count = berths.length;
  const { closable } = sea;
  const cost = new Float64Array(2 * count * count).fill(Infinity);
  const through = new Uint8Array(closable.length * count * count);
  for (let to = 0; to < count; to += 1) {
    const field = fieldTo(sea, boat, berths, to, NOTHING);
    for (let from = 0; from < count; from += 1) {
      const way = field(from);
      if (way === null) continue;
      put(cost, to * count + from, way);
      closable.forEach((area, i) => {
        if (area.touches(way.line)) through[(i * count + to) * count + from] = 1;
      });
    }
  }
  return { cost, through };
};

const NOTHING: ReadonlySet<string> = new Set();

const put = (cost: Float64Array, slot: number, way: SeaWay | null): void => {
  cost[2 * slot] = way?.duration_s ?? Infinity;
  cost[2 * slot + 1] = way?.distance_m ?? Infinity;
};

const fieldTo = (
  sea: Sea,
  boat: BoatClass,
  berths: Berths,
  to: number,
  closed: ReadonlySet<string>,
): ((from: number) => SeaWay | null) => {
  const point = berths[to] ?? null;
  const field = point === null ? null : sea.field(point, 'to', boat, closed);
  return (from) => {
    const start = berths[from] ?? null;
    return field === null || start === null || from === to ? null : field.wayOften(start);
  };
};

/**
 * The same while some areas are closed. Closing makes nothing faster, so a way that none of them touches stays the best: only the others are looked for.
 * @param closed ids of areas
 */
export const crossingsUnder = (
  sea: Sea,
  boat: BoatClass,
  berths: Berths,
  open: Crossings,
  closed: ReadonlySet<string>,
): Float64Array => {
  const count = berths.length;
  const areas = sea.closable.flatMap(({ id }, i) => (closed.has(id) ? [i] : []));
  const cost = open.cost.slice();
  for (let to = 0; to < count; to += 1) {
    const barred = [...berths.keys()].filter((from) =>
      areas.some((area) => open.through[(area * count + to) * count + from] === 1),
    );
    if (barred.length === 0) continue;
    const field = fieldTo(sea, boat, berths, to, closed);
    for (const from of barred) put(cost, to * count + from, field(from));
  }
  return cost;
};

/** What crossings are made of, in one number. */
export const crossingsPrint = (sea: Sea, boat: BoatClass, berths: Berths): number =>
  printOf([sea.print(), boat, berths]);

/** @param of what berths are made of besides the sea: the piers */
export const berthsPrint = (sea: Sea, of: unknown): number => printOf([sea.print(), of]);

const printOf = (of: unknown): number => crc32c(encodeTexts([JSON.stringify(of)]).bytes);

/** Twice 70 KB for the 94 piers of Zhoushan, and an eighth of that for each area that may be closed. */
export const encodeCrossings = ({ cost, through }: Crossings, print: number): Uint8Array =>
  writeSections(CROSSINGS_VERSION, [
    sectionOf('print', Uint32Array.of(print)),
    sectionOf('cost', cost),
    sectionOf('through', through),
  ]);

/** Null when the bytes are cut, damaged, of another version, or made of something else. */
export const decodeCrossings = (
  bytes: Uint8Array,
  print: number,
  piers: number,
  areas: readonly ClosableArea[],
): Crossings | null => {
  const read = readSections(CROSSINGS_VERSION, bytes);
  if (!read.ok || read.value.get('print')?.[0] !== print) return null;
  const [cost, through] = [read.value.get('cost'), read.value.get('through')];
  if (!(cost instanceof Float64Array) || cost.length !== 2 * piers * piers) return null;
  if (!(through instanceof Uint8Array) || through.length !== areas.length * piers * piers) return null;
  return { cost, through };
};

export const encodeBerths = (berths: Berths, print: number): Uint8Array =>
  writeSections(CROSSINGS_VERSION, [
    sectionOf('print', Uint32Array.of(print)),
    sectionOf('berths', Float64Array.from(berths.flatMap((at) => at ?? [Number.NaN, Number.NaN]))),
  ]);

/** Null as above. */
export const decodeBerths = (bytes: Uint8Array, print: number, piers: number): Berths | null => {
  const read = readSections(CROSSINGS_VERSION, bytes);
  if (!read.ok || read.value.get('print')?.[0] !== print) return null;
  const all = read.value.get('berths');
  if (!(all instanceof Float64Array) || all.length !== 2 * piers) return null;
  return Array.from({ length: piers }, (_, i): LonLat | null => {
    const [lon, lat] = [all[2 * i] as number, all[2 * i + 1] as number];
    return Number.isNaN(lon) ? null : [lon, lat];
  });
};
