import type { Arrival } from '../spi.ts';
import { lengthOf } from './lengths.ts';
import type { Party, Way } from './party.ts';
import { whole_ms } from './trace.ts';

/** A way found, when to leave for it, and in which world. */
export interface Found {
  readonly party: Party;
  readonly i: number;
  readonly way: Way;
  /** When it begins: after waiting for a road to open, later than asked. */
  readonly at: number;
}

/** What was found for travellers, by their numbers; null where there is no way. */
export interface Finding {
  readonly found: (i: number) => Found | null;
  /** How long and how far it is, under the id given. Of many who simply drive it makes nothing else. */
  readonly arrival: (i: number, id: string) => Arrival | null;
}

/** Everybody who leaves at a moment: when each arrives, Infinity where there is no way, is known without making more of it. */
export const leavingAt = (party: Party, at: number): Finding & { readonly arriveOf: (i: number) => number } => {
  const kept = new Map<number, Found | null>();
  const found = (i: number): Found | null => {
    const known = kept.get(i);
    if (known !== undefined) return known;
    const way = party.best(i, at);
    const one = way === null ? null : { party, i, way, at };
    kept.set(i, one);
    return one;
  };
  return {
    found,
    arriveOf: (i) => (party.isDriven(i) ? party.drivenArrival(i, at) : (found(i)?.way.arrive ?? Infinity)),
    arrival: (i, id) => {
      if (party.isDriven(i)) return some(id, party.drivenArrival(i, at) - at, party.drivenLength_m(i));
      return arrivalOf(found(i), id, at);
    },
  };
};

/** @param leave_at what times are counted from; null for when each leaves */
export const listed = (list: readonly (Found | null)[], leave_at: number | null): Finding => ({
  found: (i) => list[i] ?? null,
  arrival: (i, id) => arrivalOf(list[i] ?? null, id, leave_at),
});

/** Ways found elsewhere, where there are any, instead of those found first. @param at what times are counted from */
export const withOthers = (first: Finding, others: ReadonlyMap<number, Found>, at: number): Finding => ({
  found: (i) => others.get(i) ?? first.found(i),
  arrival: (i, id) => {
    const other = others.get(i);
    return other === undefined ? first.arrival(i, id) : arrivalOf(other, id, at);
  },
});

const arrivalOf = (found: Found | null, id: string, leave_at: number | null): Arrival | null =>
  found === null
    ? null
    : some(id, found.way.arrive - (leave_at ?? found.at), lengthOf(found.party, found.i, found.way));

const some = (id: string, duration_ms: number, distance_m: number): Arrival => ({
  id,
  duration_s: whole_ms(duration_ms) / 1000,
  distance_m: Math.round(distance_m),
  reason: null,
});
