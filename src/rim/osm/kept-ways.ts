import { ROAD_CLASSES, WAY_FLAG } from '#engines/travel/road/data.ts';
import type { RoadClass, RoadWays } from '#engines/travel/road/data.ts';
import { release } from '#core/base/release.ts';
import type { Text } from '#core/base/text.ts';
import { createColumn } from './columns.ts';
import type { Tags } from './block.ts';
import { limitsOf } from './limits.ts';
import { createNames } from './names.ts';
import { createWayRefs } from './refs.ts';
import type { WayRefs } from './refs.ts';
import type { Tally } from './tally.ts';

/** What is known of a way that is kept, besides its tags. */
export interface WayFacts {
  readonly id: number;
  readonly class: RoadClass;
  readonly link: boolean;
  readonly private: boolean;
  readonly speed_kmh: number;
  readonly forward: number;
  readonly backward: number;
}

/** Columns of all ways that are kept, in the order of their ids; 42 bytes each besides name and nodes. */
export interface KeptWays {
  readonly id: Float64Array;
  readonly class: Uint8Array;
  readonly flags: Uint8Array;
  readonly speed_kmh: Uint8Array;
  readonly forward: Uint8Array;
  readonly backward: Uint8Array;
  readonly max_height_cm: Uint16Array;
  readonly max_width_cm: Uint16Array;
  readonly max_weight_kg: Uint32Array;
  readonly name: readonly (Text | null)[];
  readonly ref_start: Uint32Array;
  readonly ref_count: Uint32Array;
  /** Places of ways in ascending order of id. */
  readonly order: Uint32Array;
  readonly refs: WayRefs;
}

export interface WayCollector {
  /** @returns the way's place */
  readonly keep: (facts: WayFacts, tags: Tags, refs: Float64Array, count: number) => number;
  readonly finish: () => KeptWays;
}

const NUMBER_OF_CLASS: ReadonlyMap<RoadClass, number> = new Map(ROAD_CLASSES.map((name, number) => [name, number]));

export const createWayCollector = (noted: Tally): WayCollector => {
  const columns = {
    id: createColumn(Float64Array),
    class: createColumn(Uint8Array),
    flags: createColumn(Uint8Array),
    speed_kmh: createColumn(Uint8Array),
    forward: createColumn(Uint8Array),
    backward: createColumn(Uint8Array),
    max_height_cm: createColumn(Uint16Array),
    max_width_cm: createColumn(Uint16Array),
    max_weight_kg: createColumn(Uint32Array),
    ref_start: createColumn(Uint32Array),
    ref_count: createColumn(Uint32Array),
  };
  const name: (Text | null)[] = [];
  const nameFor = createNames();
  const refs = createWayRefs();
  return {
    keep: (facts, tags, ids, count) => {
      const limits = limitsOf(tags);
      for (const strange of limits.strange) noted.add('limit', `way/${facts.id}`, strange);
      columns.id.push(facts.id);
      columns.class.push(NUMBER_OF_CLASS.get(facts.class) ?? 0);
      columns.flags.push(flagsOf(facts, tags));
      columns.speed_kmh.push(facts.speed_kmh);
      columns.forward.push(facts.forward);
      columns.backward.push(facts.backward);
      columns.max_height_cm.push(limits.height_cm);
      columns.max_width_cm.push(limits.width_cm);
      columns.max_weight_kg.push(limits.weight_kg);
      columns.ref_start.push(refs.append(ids, count));
      columns.ref_count.push(count);
      return name.push(nameFor(tags)) - 1;
    },
    finish: () => finish(columns, name, refs),
  };
};

const flagsOf = (facts: WayFacts, tags: Tags): number => {
  const is = (key: string): boolean => (tags.get(key) ?? 'no') !== 'no';
  return (
    (is('bridge') ? WAY_FLAG.bridge : 0) |
    (is('tunnel') ? WAY_FLAG.tunnel : 0) |
    (/^(?:roundabout|circular)$/.test(tags.get('junction') ?? '') ? WAY_FLAG.roundabout : 0) |
    (facts.link ? WAY_FLAG.link : 0) |
    (facts.private ? WAY_FLAG.private : 0)
  );
};

type Columns<T> = { readonly [K in keyof T]: { readonly values: () => T[K] } };

const finish = (
  columns: Columns<Omit<KeptWays, 'name' | 'refs' | 'order'>>,
  name: readonly (Text | null)[],
  refs: WayRefs,
): KeptWays => {
  const id = columns.id.values();
  const order = new Uint32Array(id.length);
  let sorted = true;
  for (let way = 0; way < id.length; way += 1) {
    order[way] = way;
    if (way > 0 && (id[way] as number) <= (id[way - 1] as number)) sorted = false;
  }
  if (!sorted) {
    order.sort((a, b) => (id[a] as number) - (id[b] as number) || a - b);
  }
  return {
    id,
    class: columns.class.values(),
    flags: columns.flags.values(),
    speed_kmh: columns.speed_kmh.values(),
    forward: columns.forward.values(),
    backward: columns.backward.values(),
    max_height_cm: columns.max_height_cm.values(),
    max_width_cm: columns.max_width_cm.values(),
    max_weight_kg: columns.max_weight_kg.values(),
    ref_start: columns.ref_start.values(),
    ref_count: columns.ref_count.values(),
    name,
    refs,
    order,
  };
};

/** Gives back the memory of all columns; the nodes of ways have a `release` of their own. */
export const releaseWays = (kept: KeptWays): void => {
  const { id, flags, speed_kmh, forward, backward, ref_start, ref_count, order } = kept;
  release(id, kept.class, flags, speed_kmh, forward, backward, ref_start, ref_count, order);
  release(kept.max_height_cm, kept.max_width_cm, kept.max_weight_kg);
};

/** `RoadWays` of some of the ways kept, in the order given. */
export const roadWaysOf = (kept: KeptWays, used: Uint32Array): RoadWays => {
  const id: string[] = [];
  const name: (Text | null)[] = [];
  const picked = <T extends Uint8Array | Uint16Array | Uint32Array>(from: T, into: T): T => {
    for (let number = 0; number < used.length; number += 1) into[number] = from[used[number] as number] as number;
    return into;
  };
  for (let number = 0; number < used.length; number += 1) {
    const way = used[number] as number;
    id.push(flat(`way/${kept.id[way] as number}`));
    name.push(kept.name[way] ?? null);
  }
  return {
    id,
    name,
    class: picked(kept.class, new Uint8Array(used.length)),
    flags: picked(kept.flags, new Uint8Array(used.length)),
    max_height_cm: picked(kept.max_height_cm, new Uint16Array(used.length)),
    max_width_cm: picked(kept.max_width_cm, new Uint16Array(used.length)),
    max_weight_kg: picked(kept.max_weight_kg, new Uint32Array(used.length)),
  };
};

/** V8 keeps a text made of two as both; of millions of ids that is twice the memory. */
const flat = (words: string): string => Buffer.from(words, 'latin1').toString('latin1');
