import { MODE_BIT } from '#engines/travel/road/data.ts';
import { CodedError } from '#wire/errors.ts';
import { wayUse } from './access.ts';
import { KIND, readBlock } from './block.ts';
import type { BlockVisitor, Tags, WayVisitor } from './block.ts';
import { ferryTimes, ferryUse, isFerry, isCrossing, mergedTags } from './ferries.ts';
import type { FerryRelation, FerryWay } from './ferries.ts';
import type { BlobIndex, OsmFile } from './file.ts';
import { createWayCollector } from './kept-ways.ts';
import type { KeptWays, WayCollector } from './kept-ways.ts';
import { isRestriction, readRestriction } from './restrictions.ts';
import type { Restriction } from './restrictions.ts';
import { ROAD_KEYS, roadRule } from './roads.ts';
import { readSpeed_kmh, roadSpeed_kmh } from './speed.ts';
import type { Tally } from './tally.ts';

/** What was left out, and what is worth knowing, each with its reason. */
export interface Tallies {
  readonly dropped: Tally;
  readonly noted: Tally;
}

export interface Relations {
  readonly count: number;
  readonly ferries: readonly FerryRelation[];
  readonly restrictions: readonly Restriction[];
}

/** A visitor of the first pass that keeps the relations that matter to roads. */
export const createRelationReader = (
  tallies: Tallies,
): { readonly visit: NonNullable<BlockVisitor['relation']>; readonly finish: () => Relations } => {
  let count = 0;
  const ferries: FerryRelation[] = [];
  const restrictions: Restriction[] = [];
  return {
    visit: (id, members, tags) => {
      count += 1;
      if (isRestriction(tags)) {
        const { used, unused } = readRestriction(id, members, tags);
        restrictions.push(...used);
        for (const { reason, detail } of unused) tallies.dropped.add(reason, `relation/${id}`, detail);
      } else if (isFerry(tags)) {
        const ways = members
          .filter((member) => member.type === 'way' && isCrossing(member.role))
          .map((member) => member.id);
        ferries.push({ id, tags, ways });
      }
    },
    finish: () => ({
      count,
      ferries: ferries.sort((a, b) => a.id - b.id),
      restrictions: restrictions.sort((a, b) => a.id - b.id),
    }),
  };
};

export interface ReadWays {
  readonly count: number;
  readonly highways: number;
  readonly kept: KeptWays;
  readonly ferries: readonly FerryWay[];
}

/** The pass over ways: keeps roads and ferries with what their tags say. */
export const readWays = (
  file: OsmFile,
  index: BlobIndex,
  relations: readonly FerryRelation[],
  tallies: Tallies,
  tell: (read_bytes: number) => void,
): ReadWays => {
  const byWay = new Map<number, FerryRelation[]>();
  for (const relation of relations) {
    for (const way of relation.ways) byWay.set(way, [...(byWay.get(way) ?? []), relation]);
  }
  const collector = createWayCollector(tallies.noted);
  const ferries: FerryWay[] = [];
  const counts = { ways: 0, highways: 0 };
  const visit: WayVisitor['tell'] = (id, refs, count, readTags) => {
    counts.ways += 1;
    const tags = readTags();
    const lines = byWay.get(id) ?? [];
    if (tags.has('highway')) counts.highways += 1;
    const way = { id, refs, count, tags };
    if (isFerry(tags) || (lines.length > 0 && roadRule(tags) === null)) {
      const ferry = keepFerry(collector, way, lines, tallies);
      if (ferry !== null) ferries.push(ferry);
    } else keepRoad(collector, way, tallies);
  };
  const pass = (): void => {
    counts.ways += 1;
  };
  const visitor: WayVisitor = { keys: ROAD_KEYS, ids: byWay, tell: visit, pass };
  for (const [i, place] of index.places.entries()) {
    if (((index.kinds[i] as number) & KIND.ways) === 0) continue;
    file.reading(place, (block) => readBlock(block, { way: visitor }));
    tell(place.offset);
  }
  return {
    count: counts.ways,
    highways: counts.highways,
    kept: withoutTwins(file, collector.finish(), tallies),
    ferries,
  };
};

interface SeenWay {
  readonly id: number;
  readonly refs: Float64Array;
  readonly count: number;
  readonly tags: Tags;
}

const hasEnds = ({ id, count }: SeenWay, { dropped }: Tallies): boolean => {
  if (count < 2) dropped.add('one-node', `way/${id}`);
  return count >= 2;
};

const keepRoad = (collector: WayCollector, way: SeenWay, tallies: Tallies): void => {
  const { id, tags } = way;
  const rule = roadRule(tags);
  if (rule === null || !hasEnds(way, tallies)) return;
  if (typeof rule === 'string') {
    tallies.dropped.add('class', `way/${id}`, rule);
    return;
  }
  const use = wayUse(tags, rule);
  noteTags(id, tags, tallies.noted);
  if ((use.forward | use.backward) === 0) {
    tallies.dropped.add('nobody', `way/${id}`);
    return;
  }
  const onFoot = (use.forward | use.backward) === MODE_BIT.foot;
  const facts = {
    id,
    class: rule.class,
    link: rule.link,
    private: use.private,
    speed_kmh: onFoot ? 0 : roadSpeed_kmh(tags, rule),
    forward: use.forward,
    backward: use.backward,
  };
  collector.keep(facts, tags, way.refs, way.count);
};

const keepFerry = (
  collector: WayCollector,
  way: SeenWay,
  relations: readonly FerryRelation[],
  tallies: Tallies,
): FerryWay | null => {
  const { id } = way;
  if (!hasEnds(way, tallies)) return null;
  const tags = mergedTags(way.tags, relations);
  const use = ferryUse(tags);
  if ((use.forward | use.backward) === 0) {
    tallies.dropped.add('nobody', `way/${id}`);
    return null;
  }
  const { strange, ...times } = ferryTimes(way.tags, tags);
  if (strange !== null) tallies.noted.add('duration', `way/${id}`, `duration=${strange}`);
  const facts = { id, class: 'ferry' as const, link: false, private: false, speed_kmh: 0, ...use };
  return { way: collector.keep(facts, tags, way.refs, way.count), id, relations, ...times };
};

/** Tags that change who may go where at some hours, or cannot be read: they are not used, and said. */
const noteTags = (id: number, tags: Tags, noted: Tally): void => {
  const object = `way/${id}`;
  if (id < 0) noted.add('negative', object);
  if (tags.get('oneway') === 'reversible') noted.add('reversible', object);
  if (tags.get('tidal') === 'yes') noted.add('tidal', object);
  const maxspeed = tags.get('maxspeed');
  if (maxspeed !== undefined && readSpeed_kmh(maxspeed) === null) noted.add('speed', object, `maxspeed=${maxspeed}`);
  for (const key of tags.keys()) if (key.endsWith(':conditional')) noted.add('conditional', object, key);
};

/** A way that is there twice and the same counts once; twice and different is refused. */
const withoutTwins = (file: OsmFile, kept: KeptWays, { dropped }: Tallies): KeptWays => {
  const twin = (i: number): boolean =>
    i > 0 && kept.id[kept.order[i] as number] === kept.id[kept.order[i - 1] as number];
  if (!kept.order.some((_, i) => twin(i))) return kept;
  const order = kept.order.filter((way, i) => {
    if (!twin(i)) return true;
    const object = `way/${kept.id[way] as number}`;
    if (!sameNodes(kept, way, kept.order[i - 1] as number)) {
      throw new CodedError('osm-duplicate', { values: { file: file.name, object } });
    }
    dropped.add('twin', object);
    return false;
  });
  return { ...kept, order };
};

const sameNodes = (kept: KeptWays, a: number, b: number): boolean => {
  const nodes = [a, b].map((way) => {
    const into = new Float64Array(kept.ref_count[way] as number);
    kept.refs.read(kept.ref_start[way] as number, into.length, into);
    return into;
  });
  const [one, other] = nodes as [Float64Array, Float64Array];
  return one.length === other.length && one.every((id, i) => id === other[i]);
};
