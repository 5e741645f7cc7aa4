import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';

/** One leg as it is drawn and listed. */
export interface Leg {
  readonly mode: string;
  readonly start_ms: number;
  readonly arrive_ms: number;
  readonly duration_s: number;
  readonly distance_m: number;
  readonly line: readonly LonLat[];
  readonly via: readonly Text[];
  /** measured, usual or assumed; null where nobody says. */
  readonly confidence: string | null;
}

/** A way that can be gone, as rows and lines; `key` names its kind: the modes in order. */
export interface Itinerary {
  readonly key: string;
  readonly modes: readonly string[];
  readonly start_ms: number;
  readonly arrive_ms: number;
  readonly duration_s: number;
  readonly distance_m: number;
  readonly legs: readonly Leg[];
}

/** A leg as the server tells it; one that tells no times follows the one before. */
interface LegView {
  readonly mode: string;
  readonly duration_s: number;
  readonly distance_m: number;
  readonly line: readonly LonLat[];
  readonly via: readonly Text[];
  readonly start_ms?: number | undefined;
  readonly arrive_ms?: number | undefined;
  readonly confidence?: string | undefined;
}

/** Legs with times of day: those told, or counted on from `start_ms`. */
const timed = (legs: readonly LegView[], start_ms: number): readonly Leg[] => {
  let at_ms = start_ms;
  return legs.map(({ mode, duration_s, distance_m: metres, line, via, ...told }) => {
    const begins_ms = told.start_ms ?? at_ms;
    at_ms = told.arrive_ms ?? begins_ms + duration_s * 1000;
    const times = { start_ms: begins_ms, arrive_ms: at_ms, duration_s };
    return { mode, ...times, distance_m: metres, line, via, confidence: told.confidence ?? null };
  });
};

/** Modes in order, waits left out, one after another of the same kind once. */
export const modesOf = (legs: readonly { readonly mode: string }[]): readonly string[] =>
  legs
    .map((leg) => leg.mode)
    .filter((mode) => mode !== 'wait')
    .filter((mode, index, all) => mode !== all[index - 1]);

interface Way {
  readonly duration_s: number | null;
  readonly distance_m: number | null;
  readonly legs: readonly LegView[];
}

/**
 * A way with its legs timed; null where nothing gets there.
 * @param now_ms when it begins where the answer does not say
 */
export const itineraryOf = (way: Way, now_ms: number): Itinerary | null => {
  if (way.duration_s === null) return null;
  const legs = timed(way.legs, now_ms);
  const modes = modesOf(legs);
  const start_ms = legs[0]?.start_ms ?? now_ms;
  const arrive_ms = legs.at(-1)?.arrive_ms ?? start_ms + way.duration_s * 1000;
  const { duration_s, distance_m: metres } = way;
  return { key: modes.join('-') || 'none', modes, start_ms, arrive_ms, duration_s, distance_m: metres ?? 0, legs };
};

/** The way that was ranked, then the others that differ from it in kind, soonest first and each kind once. */
export const choicesOf = (first: Itinerary | null, others: readonly Itinerary[]): readonly Itinerary[] => {
  const kinds = new Set<string>();
  return [...(first === null ? [] : [first]), ...others.toSorted((a, b) => a.arrive_ms - b.arrive_ms)].filter((one) => {
    const fresh = !kinds.has(one.key);
    kinds.add(one.key);
    return fresh;
  });
};

/**
 * Time to arrival as it is told: whole minutes, rounded up as the words of the ranking are. Nobody is promised too early, and two that
 * are ranked as equal by the minute never look as if the later stood first.
 */
export const promised_s = (eta_s: number): number => Math.ceil(eta_s / 60) * 60;

/** Waiting shorter than this is part of getting on and off, and no row of its own. */
export const WAIT_SHOWN_S = 60;

/** Rows of the list: legs that go somewhere, with the getting off after them, and waits worth a row. */
export const rowsOf = (way: Itinerary): readonly Leg[] => {
  const rows: Leg[] = [];
  for (const leg of way.legs) {
    const before = rows.at(-1);
    if (leg.mode !== 'wait' || leg.duration_s >= WAIT_SHOWN_S) rows.push(leg);
    // Otherwise the rows would end before the way does.
    else if (before !== undefined)
      rows.splice(-1, 1, { ...before, arrive_ms: leg.arrive_ms, duration_s: before.duration_s + leg.duration_s });
  }
  return rows;
};

/** A place where one changes or waits, or the end. */
export interface Stop {
  readonly at: LonLat;
  readonly arrive_ms: number;
  /** Standing there until the next leg begins, in s. */
  readonly wait_s: number;
  readonly sort: 'change' | 'wait' | 'end';
}

/** Where the way changes or waits, and where it ends, at the times of the rows; what lies before the first leg is no stop. */
export const stopsOf = (way: Itinerary): readonly Stop[] => {
  const moving = rowsOf(way).filter((leg) => leg.mode !== 'wait' && leg.line.length > 0);
  return moving.flatMap((leg, index): readonly Stop[] => {
    const at = leg.line.at(-1);
    const next = moving[index + 1];
    if (at === undefined) return [];
    if (next === undefined) return [{ at, arrive_ms: leg.arrive_ms, wait_s: 0, sort: 'end' }];
    const wait_s = (next.start_ms - leg.arrive_ms) / 1000;
    if (wait_s < WAIT_SHOWN_S && next.mode === leg.mode) return [];
    return [{ at, arrive_ms: leg.arrive_ms, wait_s, sort: wait_s < WAIT_SHOWN_S ? 'change' : 'wait' }];
  });
};

/** A stop within this of a named landing place is at it. */
const AT_PLACE_M = 250;
interface Named {
  readonly name: Text;
  readonly lon: number;
  readonly lat: number;
}

/** The nearest of the places a position is at, or null. */
export const placeNameAt = (at: LonLat | undefined, places: readonly Named[]): Text | null => {
  let best: { readonly name: Text; readonly away_m: number } | null = null;
  for (const { name, lon, lat } of at === undefined ? [] : places) {
    const away_m = distance_m(at as LonLat, [lon, lat]);
    if (away_m <= AT_PLACE_M && away_m < (best?.away_m ?? Infinity)) best = { name, away_m };
  }
  return best?.name ?? null;
};

/** Least sure of its legs: what is assumed anywhere makes the whole no better. */
export const confidenceOf = (way: Itinerary): string | null => {
  const told = way.legs.map((leg) => leg.confidence);
  return ['assumed', 'usual', 'measured'].find((one) => told.includes(one)) ?? null;
};
