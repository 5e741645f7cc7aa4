import type { LonLat } from '#core/base/geo.ts';
import { seeded } from '#core/base/random.ts';
import { buildRoads, readyRoads } from '#engines/travel/road/built.ts';
import type { BuiltRoads } from '#engines/travel/road/built.ts';
import { customise } from '#engines/travel/road/customise.ts';
import { roadIndex } from '#engines/travel/road/index.ts';
import { ROAD_PROFILES } from '#engines/travel/road/profiles.ts';
import { importOsm } from '#rim/osm/import-osm.ts';
import { loadRoads, writeRoads } from '#rim/places/roads.ts';
import { arrayBytes, keptBytes, madeBytes } from './bytes.ts';
import { besideRoads, ready } from './islands.ts';
import type { Ready } from './islands.ts';
import { timed_ms } from './timing.ts';

export const FORCES = 200;
export const STANDING = 1000;

export const nth = <T>(list: readonly T[], at: number): T => {
  const found = list[at % list.length];
  if (found === undefined) throw new RangeError('an empty list');
  return found;
};

/** Our questions on one map. */
export interface Questions {
  /** 200 → 1, the forces selected before and only the place joined; selecting them; and everything in the time. */
  readonly held: (round: number) => unknown;
  readonly selecting: () => unknown;
  readonly joining: (round: number) => unknown;
  /** The same by the plain search, where the forces join the roads being held; and everything in the time. */
  readonly plain: (round: number) => unknown;
  readonly joiningPlain: (round: number) => unknown;
  /** 200 × 200 with joining and everything, and where the climbs of all are kept. */
  readonly square: () => unknown;
  readonly heldSquare: () => unknown;
  /** 1,000 standing forces → 1, and one of them moved. */
  readonly standing: (round: number) => unknown;
  readonly moved: (round: number) => unknown;
  /** Where the forces are, and places to go to. */
  readonly forces: readonly LonLat[];
  readonly places: readonly LonLat[];
}

export const questions = (map: Ready, seed: number): Questions => {
  const { roads, metric, snap, depart, arrive } = map;
  const points = besideRoads(map.built.data, FORCES + 100, seeded(seed));
  const [forces, places] = [points.slice(0, FORCES), points.slice(FORCES)];
  const joins = forces.map(snap);
  const selected = roads.select(metric, joins);
  const [leaving, coming] = [forces.map(depart), forces.map(arrive)];
  const all = besideRoads(map.built.data, STANDING, seeded(seed + 1));
  const buckets = roads.buckets(metric);
  all.forEach((at, key) => buckets.set(key, depart(at)));
  const duration_s = new Float64Array(STANDING);
  const distance_m = new Float64Array(STANDING);
  return {
    held: (round) => selected.to(arrive(nth(places, round)), duration_s, distance_m),
    selecting: () => roads.select(metric, joins),
    joining: (round) => roads.select(metric, forces.map(snap)).to(arrive(nth(places, round)), duration_s, distance_m),
    plain: (round) => map.plain(joins, snap(nth(places, round))),
    joiningPlain: (round) => map.plain(forces.map(snap), snap(nth(places, round))),
    square: () => {
      const own = forces.map(snap);
      return roads.matrix(
        metric,
        own.map((points) => roads.depart(metric, points)),
        own.map((points) => roads.arrive(metric, points)),
      );
    },
    heldSquare: () => roads.matrix(metric, leaving, coming),
    standing: (round) => buckets.to(arrive(nth(places, round)), duration_s, distance_m),
    moved: (round) => buckets.set(round % STANDING, depart(nth(places, round))),
    forces,
    places,
  };
};

/** Answers that differ from those of the plain search, over all ways to ask: in whether there is a way, and in the time it takes. */
export const wrongAnswers = (map: Ready, { forces, places }: Questions): { lost: number; other: number } => {
  const { roads, metric, snap, depart, arrive } = map;
  const joins = forces.map(snap);
  const leaving = forces.map(depart);
  const selected = roads.select(metric, joins);
  const duration_s = new Float64Array(forces.length);
  const wrong = { lost: 0, other: 0 };
  for (const at of places) {
    selected.to(arrive(at), duration_s, new Float64Array(forces.length));
    const answers = [duration_s, roads.matrix(metric, leaving, [arrive(at)]).duration_s];
    map.plain(joins, snap(at)).forEach((weight, force) => {
      const seconds = Math.floor(weight / 2 ** 27) / 10;
      for (const answer of answers) {
        if (answer[force] === seconds) continue;
        wrong[seconds < Infinity && answer[force] === Infinity ? 'lost' : 'other'] += 1;
      }
    });
  }
  return wrong;
};

/** Roads that can be asked by car. */
const weighed = (built: BuiltRoads) => {
  const roads = readyRoads(built, null);
  return { roads, metric: roads.metric(ROAD_PROFILES.car, new Set()) };
};

/** From an extract to roads that are ready, and what changes of weights cost beside it. */
export const measureBuilding = async (extract: string, dir: string) => {
  const began = performance.now();
  const { data } = importOsm(extract, () => undefined);
  const map = ready(buildRoads(data));
  const ready_s = (performance.now() - began) / 1000;
  writeRoads(dir, map.built);
  const open_ms = await timed_ms(() => weighed(loadRoads(dir)), 5);
  const whole_ms = await timed_ms(() => weighed(buildRoads(data)), 3);
  const index = roadIndex(data, map.built.graph, map.built.hierarchy);
  const weigh = () => customise(index, ROAD_PROFILES.car, new Set(), null);
  const weigh_ms = await timed_ms(weigh, 15);
  const base = weigh();
  const closed = (round: number) => customise(index, ROAD_PROFILES.car, new Set([nth(data.ways.id, round * 97)]), base);
  return {
    data,
    map,
    ready_s,
    open_ms,
    whole_ms,
    weigh_ms,
    close_ms: await timed_ms(closed, 15),
    memory: memoryOf(dir, weigh),
  };
};

/** Bytes of what is kept for a map, of one set of weights, and of everything made while weights are put in. */
const memoryOf = (dir: string, weigh: () => unknown) => {
  const { value: built, arrays: file } = keptBytes(() => loadRoads(dir));
  const map = keptBytes(() => weighed(built));
  return {
    edges: built.data.edge_from.length,
    nodes: built.data.node_lon_e7.length,
    states: built.graph.state_edge.length,
    arcs: built.graph.arc_to.length,
    shortcuts: built.hierarchy.up_head.length + built.hierarchy.down_head.length,
    file,
    ready: map.arrays + map.heap,
    weights: arrayBytes(weigh()),
    weighing: madeBytes(weigh),
  };
};
