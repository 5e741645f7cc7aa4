import { MODE_BIT } from '#engines/travel/road/data.ts';
import { onewayOf, readRight } from './access.ts';
import type { Tags } from './block.ts';
import { readSpan_s } from './duration.ts';

/** What is assumed of a ferry that does not say, and what every crossing takes besides. */
export const FERRY = {
  /** Speed of a ferry of unknown duration. */
  speed_kmh: 25,
  /** Usual wait where no `interval` is given; with one it is half of it. */
  wait_s: 1800,
  most_wait_s: 6 * 3600,
  /** Getting on and off. */
  boarding_s: 600,
  /** A duration that means less or more than this is a slip of the mapper. */
  least_kmh: 0.5,
  most_kmh: 130,
} as const;

/** A relation of a ferry line, which speaks for the ways in it. */
export interface FerryRelation {
  readonly id: number;
  readonly tags: Tags;
  readonly ways: readonly number[];
}

/** A way of a ferry, with what its relations add. */
export interface FerryWay {
  /** Place among the ways that are kept. */
  readonly way: number;
  readonly id: number;
  readonly duration_s: number | null;
  readonly wait_s: number;
  readonly wait_assumed: boolean;
  readonly relations: readonly FerryRelation[];
}

export const isFerry = (tags: Tags): boolean => tags.get('route') === 'ferry';

/** Ways of a ferry relation that are not gone by water. */
const ASHORE = /platform|stop|entry|exit|entrance|terminal|pier/;

export const isCrossing = (role: string): boolean => !ASHORE.test(role);

/** A way's own tags first, then those of its relations in the order of their ids. */
export const mergedTags = (own: Tags, relations: readonly FerryRelation[]): Tags => {
  const merged = new Map(own);
  for (const { tags } of relations) for (const [key, value] of tags) if (!merged.has(key)) merged.set(key, value);
  return merged;
};

const CARS = MODE_BIT.motorcycle | MODE_BIT.car | MODE_BIT.emergency;

/** Who a ferry carries: people on foot unless a tag denies it, vehicles only where a tag says so. A ferry of cars takes motorcycles and crews too. */
export const ferryModes = (tags: Tags): number => {
  let modes = 0;
  const foot =
    right(tags, 'foot') ?? right(tags, 'passenger') ?? cargoHas(tags, /passenger/) ?? right(tags, 'access') ?? true;
  if (foot) modes |= MODE_BIT.foot;
  const motors = right(tags, 'motor_vehicle') ?? right(tags, 'vehicle') ?? cargoHas(tags, /vehicle/) ?? false;
  const cars = right(tags, 'motorcar') ?? (motors || cargoHas(tags, /(?:^|;)\s*cars?\b/) === true);
  if (cars) modes |= CARS;
  const motorcycle = right(tags, 'motorcycle');
  if (motorcycle === true) modes |= MODE_BIT.motorcycle;
  if (motorcycle === false) modes &= ~MODE_BIT.motorcycle;
  if (right(tags, 'hgv') ?? (motors || cargoHas(tags, /hgv|truck/) === true)) modes |= MODE_BIT.truck;
  if (right(tags, 'emergency') === true) modes |= MODE_BIT.emergency;
  return modes;
};

const right = (tags: Tags, key: string): boolean | null => {
  const found = readRight(tags.get(key));
  return found === null ? null : found === 'yes' || found === 'destination';
};

/** `cargo=passengers;vehicle` says who is carried; null where the tag is not there. */
const cargoHas = (tags: Tags, words: RegExp): boolean | null => {
  const cargo = tags.get('cargo');
  return cargo === undefined ? null : words.test(cargo);
};

/** Modes along and against the way; a ferry's `oneway` binds people on foot as well. */
export const ferryUse = (tags: Tags): { readonly forward: number; readonly backward: number } => {
  const modes = ferryModes(tags);
  const oneway = onewayOf(tags, 'car');
  return { forward: oneway === 'backward' ? 0 : modes, backward: oneway === 'forward' ? 0 : modes };
};

/** What a ferry way says of times. `strange` is a duration that is not understood. */
export const ferryTimes = (
  own: Tags,
  merged: Tags,
): {
  readonly duration_s: number | null;
  readonly wait_s: number;
  readonly wait_assumed: boolean;
  readonly strange: string | null;
} => {
  const told = own.get('duration');
  const duration_s = told === undefined ? null : readSpan_s(told);
  const interval = merged.get('interval');
  const interval_s = interval === undefined ? null : readSpan_s(interval);
  return {
    duration_s,
    wait_s: interval_s === null ? FERRY.wait_s : Math.min(FERRY.most_wait_s, Math.round(interval_s / 2)),
    wait_assumed: interval_s === null,
    strange: told !== undefined && duration_s === null ? told : null,
  };
};
