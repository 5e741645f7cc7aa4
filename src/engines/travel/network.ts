import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import type { FeatureCollection, PointGeometry } from '#world/places/geojson.ts';
import { between } from '#world/places/geometry.ts';
import { buildLand } from '#world/places/land.ts';
import type { Land, LandCollection, LandPart } from '#world/places/land.ts';
import { buildRoads, mayUse } from './roads.ts';
import type { NearSegment, RoadCollection, RoadGraph, RoadMode, RoadProperties } from './roads.ts';
import { RULES } from './rules.ts';
import { buildSeaMask } from './seamask.ts';
import type { SeaGraph } from './seagraph.ts';
import { buildSeaNet, spread } from './sea.ts';
import type { SeaNet } from './sea.ts';

export interface PierProperties {
  readonly id: string;
  /** ramp: takes vehicles too. beach: landing craft only. helipad: no pier at all, a ground to set a helicopter down. */
  readonly kind: 'passenger' | 'ramp' | 'small' | 'beach' | 'helipad';
  readonly name: Text;
  readonly island: number;
  readonly draught_m: number | null;
  /** Open water off it; null for a helipad. */
  readonly sea: LonLat | null;
}
export type PierCollection = FeatureCollection<PointGeometry, PierProperties>;

/** The parsed files of a place: land.geojson, roads.geojson, piers.geojson, sea.json. */
export interface PlaceData {
  readonly land: LandCollection;
  readonly roads: RoadCollection;
  readonly piers: PierCollection;
  readonly sea: SeaGraph;
}

export interface Pier {
  readonly id: string;
  readonly kind: 'passenger' | 'ramp' | 'small' | 'beach';
  readonly name: Text;
  readonly at: LonLat;
  readonly sea: LonLat;
  /** Node of the roads it stands at. */
  readonly node: number;
  /** Turning point of the sea ways off it. */
  readonly seaNode: number;
}
export interface Helipad {
  readonly id: string;
  readonly name: Text;
  readonly at: LonLat;
}

/** Where a position stands, seen by everything that travels. */
export interface Site {
  readonly at: LonLat;
  /** Null at sea. */
  readonly part: LandPart | null;
  /** Nearest open water a boat can use and the straight way between; null where no shore is near. */
  readonly water: () => Water | null;
}
export interface Water {
  readonly at: LonLat;
  /** Where one steps ashore; null for a position at sea. */
  readonly shore: LonLat | null;
  readonly walk_m: number;
  readonly inshore_m: number;
}

/** Everything travel needs to know of a place. Immutable but for remembered answers. */
export interface Network {
  readonly land: Land;
  readonly roads: RoadGraph;
  readonly sea: SeaNet;
  readonly piers: readonly Pier[];
  readonly helipads: readonly Helipad[];
  /** Metres by sea between piers, row by row; Infinity where none. */
  readonly pier_m: Float64Array;
  /** True where roads lead to some pier, whatever is closed. */
  readonly hasPier: (site: Site) => boolean;
  /** Null outside the mapped area. */
  readonly siteOf: (at: LonLat) => Site | null;
  /** Ways within reach of a place by a clear straight line over the same ground; the same whatever is closed. */
  readonly snaps: (site: Site, mode: RoadMode) => readonly NearSegment[];
}

/**
 * Builds the network: about 1 s and 30 MB for Zhoushan.
 * @throws when a pier stands on no road point or has no turning point in the sea ways: the data is wrong
 */
export const buildNetwork = (data: PlaceData): Network => {
  const land = buildLand(data.land);
  const roads = buildRoads(data.roads);
  const sea = buildSeaNet(data.sea, buildSeaMask(land));
  const piers: Pier[] = [];
  const helipads: Helipad[] = [];
  for (const { properties, geometry } of data.piers.features) {
    const { id, kind, name } = properties;
    if (kind === 'helipad') {
      helipads.push({ id, name, at: geometry.coordinates });
      continue;
    }
    const node = roads.nodeAt(geometry.coordinates);
    const seaNode = data.sea.piers[id];
    const point = seaNode === undefined ? undefined : data.sea.nodes[seaNode];
    if (node < 0 || seaNode === undefined || point === undefined)
      throw new Error(`pier ${id} joins no road or no sea way`);
    piers.push({ id, kind, name, at: geometry.coordinates, sea: point, node, seaNode });
  }
  const served = servedNodes(roads, piers);
  const siteOf = remembered((at: LonLat) => locate(land, sea, at));
  const remember = { foot: remembered(snapper('foot')), car: remembered(snapper('car')) };
  function snapper(mode: 'foot' | 'car'): (at: LonLat) => readonly NearSegment[] {
    return (at) => {
      const site = siteOf(at);
      return site === null ? [] : snap(land, roads, site, mode);
    };
  }
  return {
    land,
    roads,
    sea,
    piers,
    helipads,
    pier_m: pierDistances(sea, piers),
    hasPier: (site) => remember.foot(site.at).some((near) => served[roads.from[near.segment] as number] === 1),
    siteOf,
    snaps: (site, mode) => (mode === 'foot' ? remember.foot(site.at) : remember.car(site.at)),
  };
};

/** Nodes from which roads people may walk lead to a pier that takes launches. */
const servedNodes = (roads: RoadGraph, piers: readonly Pier[]): Uint8Array => {
  const served = new Uint8Array(roads.lon.length);
  const queue = piers.filter((pier) => pier.kind !== 'beach').map((pier) => pier.node);
  for (const node of queue) served[node] = 1;
  for (let i = 0; i < queue.length; i += 1) {
    const node = queue[i] as number;
    for (let slot = roads.starts[node] as number; slot < (roads.starts[node + 1] as number); slot += 1) {
      const segment = roads.segments[slot] as number;
      if (!mayUse(roads.roads[roads.road[segment] as number] as RoadProperties, 'foot')) continue;
      for (const next of [roads.from[segment] as number, roads.to[segment] as number]) {
        if (served[next] === 1) continue;
        served[next] = 1;
        queue.push(next);
      }
    }
  }
  return served;
};

const REMEMBERED = 1000;

/** Keeps the answers for the last positions asked: forces at their homes are asked about again and again. */
const remembered = <T>(find: (at: LonLat) => T): ((at: LonLat) => T) => {
  const known = new Map<string, { readonly value: T }>();
  return (at) => {
    const key = `${at[0]},${at[1]}`;
    const before = known.get(key);
    if (before !== undefined) return before.value;
    const value = find(at);
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value as string);
    known.set(key, { value });
    return value;
  };
};

/** Looks only when asked, and once: most positions are never asked for their water. */
const once = <T>(find: () => T): (() => T) => {
  let known: { readonly value: T } | null = null;
  return () => (known ??= { value: find() }).value;
};

const pierDistances = (sea: SeaNet, piers: readonly Pier[]): Float64Array => {
  const table = new Float64Array(piers.length * piers.length);
  piers.forEach((pier, row) => {
    const field = spread(sea, [{ at: pier.sea, node: pier.seaNode, after_s: 0, after_m: 0 }], 3.6);
    piers.forEach((other, column) => {
      table[row * piers.length + column] = field.way_m[other.seaNode] as number;
    });
  });
  return table;
};

const locate = (land: Land, sea: SeaNet, at: LonLat): Site | null => {
  if (sea.mask.cellOf(at) < 0) return null;
  const part = land.partAt(at);
  if (part !== null) return { at, part, water: once(() => waterNear(land, sea, at, true)) };
  const shore = land.nearestShore(at, RULES.shore_slack_m);
  if (shore !== null && shore.distance_m > 0) {
    const inside = between(at, shore.at, 1 + 5 / shore.distance_m);
    const touched = land.partAt(inside);
    if (touched !== null) return { at: inside, part: touched, water: once(() => waterNear(land, sea, inside, true)) };
  }
  return { at, part: null, water: once(() => waterNear(land, sea, at, false)) };
};

/** Most open cells tried before a place counts as cut off from the water. */
const TRIES = 600;

const waterNear = (land: Land, sea: SeaNet, at: LonLat, onLand: boolean): Water | null => {
  if (!onLand && sea.mask.isOpen(at)) return { at, shore: null, walk_m: 0, inshore_m: 0 };
  let tries = 0;
  for (const open of sea.mask.openAround(at, RULES.straight_walk_m)) {
    tries += 1;
    if (tries > TRIES) return null;
    const crossings = land.shoreCrossings(at, open);
    if (crossings.length !== (onLand ? 1 : 0)) continue;
    if (!onLand) return { at: open, shore: null, walk_m: 0, inshore_m: distance_m(at, open) };
    const shore = between(at, open, crossings[0] as number);
    return { at: open, shore, walk_m: distance_m(at, shore), inshore_m: distance_m(shore, open) };
  }
  return null;
};

const snap = (land: Land, roads: RoadGraph, site: Site, mode: RoadMode): readonly NearSegment[] => {
  const reaches =
    site.part === null
      ? [RULES.shore_slack_m]
      : mode === 'foot'
        ? [200, 800, RULES.straight_walk_m]
        : [100, RULES.yard_m];
  const usable = (near: NearSegment): boolean =>
    mayUse(roads.roads[roads.road[near.segment] as number] as RoadProperties, mode) &&
    !land.crossesShore(site.at, near.at);
  for (const reach_m of reaches) {
    const first = roads.near(site.at, reach_m).find(usable);
    if (first === undefined) continue;
    return roads.near(site.at, first.distance_m * 1.5 + 60).filter(usable);
  }
  return [];
};
