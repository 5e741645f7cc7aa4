import { Heap } from './heap.ts';
import type { Network, Pier, Site } from './network.ts';
import type { RoadMode } from './roads.ts';
import { RULES, seconds } from './rules.ts';
import type { SeaField } from './sea.ts';

/** How one goes on from a node towards the place. */
export const HOW = { none: 0, segment: 1, arrive: 2, launch: 3, direct: 4, park: 5 } as const;

/** Times from every road node to one place, by one mode of moving. */
export interface Layer {
  readonly mode: RoadMode;
  readonly time_s: Float64Array;
  readonly way_m: Float64Array;
  /** One of HOW. */
  readonly how: Uint8Array;
  /** segment: its number. arrive: number of the place's snap. launch: number of the pier sailed to. */
  readonly ref: Int32Array;
}

interface Search {
  readonly layer: Layer;
  readonly heap: Heap;
  readonly offer: (node: number, time: number, way: number, how: number, ref: number) => void;
}

const startSearch = (nodes: number, mode: RoadMode): Search => {
  const layer: Layer = {
    mode,
    time_s: new Float64Array(nodes).fill(Infinity),
    way_m: new Float64Array(nodes).fill(Infinity),
    how: new Uint8Array(nodes),
    ref: new Int32Array(nodes),
  };
  const heap = new Heap();
  const offer = (node: number, time: number, way: number, how: number, ref: number): void => {
    if (!(time < (layer.time_s[node] as number))) return;
    layer.time_s[node] = time;
    layer.way_m[node] = way;
    layer.how[node] = how;
    layer.ref[node] = ref;
    heap.push(time, node);
  };
  return { layer, heap, offer };
};

const finish = (network: Network, search: Search, times: Float64Array, atNode: (node: number) => void): Layer => {
  const { roads } = network;
  const { layer, heap, offer } = search;
  const done = new Uint8Array(layer.how.length);
  for (let node = heap.pop(); node >= 0; node = heap.pop()) {
    if (done[node] === 1) continue;
    done[node] = 1;
    const time = layer.time_s[node] as number;
    const way = layer.way_m[node] as number;
    const end = roads.starts[node + 1] as number;
    for (let slot = roads.starts[node] as number; slot < end; slot += 1) {
      const segment = roads.segments[slot] as number;
      const from = roads.from[segment] as number;
      const next = from === node ? (roads.to[segment] as number) : from;
      offer(next, time + (times[segment] as number), way + (roads.length_m[segment] as number), HOW.segment, segment);
    }
    atNode(node);
  }
  return layer;
};

/** Ends of the snapped segment, as first nodes of the layer: from there along the segment, then straight to the place. */
const offerSnaps = (network: Network, search: Search, site: Site, times: Float64Array, extra_s: number): void => {
  const { roads } = network;
  network.snaps(site, search.layer.mode).forEach((near, index) => {
    const access_s = seconds(near.distance_m, RULES.cross_country_kmh) + extra_s;
    const time = times[near.segment] as number;
    const length = roads.length_m[near.segment] as number;
    const put = (node: number, share: number): void =>
      search.offer(node, access_s + share * time, near.distance_m + share * length, HOW.arrive, index);
    if (time === Infinity) return;
    put(roads.from[near.segment] as number, near.share);
    put(roads.to[near.segment] as number, 1 - near.share);
  });
};

/** Links by sea between piers, as they are met in the search from the place outwards. */
const pierLinks = (
  network: Network,
  search: Search,
  takes: (pier: Pier) => boolean,
  wait_s: number,
  kmh: number,
): ((node: number) => void) => {
  const { piers, pier_m } = network;
  const at = new Map<number, number>();
  piers.forEach((pier, i) => {
    if (takes(pier)) at.set(pier.node, i);
  });
  return (node) => {
    const to = at.get(node);
    if (to === undefined) return;
    const time = search.layer.time_s[node] as number;
    const way = search.layer.way_m[node] as number;
    for (const [start, from] of at) {
      const length = pier_m[from * piers.length + to] as number;
      if (from !== to) search.offer(start, time + wait_s + seconds(length, kmh), way + length, HOW.launch, to);
    }
  };
};

/** Can a launch or patrol boat use it? Beaches are for landing craft. */
export const takesLaunch = (pier: Pier, closed: ReadonlySet<string>): boolean =>
  pier.kind !== 'beach' && !closed.has(pier.id);

/**
 * On foot, with launches between piers and from piers straight to the place's own water.
 * @param direct times by launch to the place's water, null where it has none
 */
export const footLayer = (
  network: Network,
  site: Site,
  times: Float64Array,
  closed: ReadonlySet<string>,
  direct: SeaField | null,
): Layer => {
  const search = startSearch(network.roads.lon.length, 'foot');
  offerSnaps(network, search, site, times, 0);
  for (const pier of network.piers) {
    if (direct === null || !takesLaunch(pier, closed)) continue;
    const time = (direct.time_s[pier.seaNode] as number) + RULES.launch_wait_s;
    search.offer(pier.node, time, direct.way_m[pier.seaNode] as number, HOW.direct, 0);
  }
  const links = pierLinks(network, search, (pier) => takesLaunch(pier, closed), RULES.launch_wait_s, RULES.launch_kmh);
  return finish(network, search, times, links);
};

/** In a vehicle as far as it goes, by vehicle ferry between ramps, and on foot from wherever that is better. */
export const vehicleLayer = (
  network: Network,
  site: Site,
  mode: 'car' | 'motorcycle',
  times: Float64Array,
  foot: Layer,
  closed: ReadonlySet<string>,
): Layer => {
  const search = startSearch(network.roads.lon.length, mode);
  offerSnaps(network, search, site, times, RULES.park_s);
  foot.time_s.forEach((time, node) => {
    if (time !== Infinity) search.offer(node, time + RULES.park_s, foot.way_m[node] as number, HOW.park, 0);
  });
  const links = pierLinks(
    network,
    search,
    (pier) => pier.kind === 'ramp' && !closed.has(pier.id),
    RULES.ferry_wait_s,
    RULES.ferry_kmh,
  );
  return finish(network, search, times, links);
};
