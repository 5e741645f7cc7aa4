import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { metresPerDegreeLon, METRES_PER_DEGREE } from '#world/places/geometry.ts';
import { Heap } from './heap.ts';
import type { SeaGraph } from './seagraph.ts';
import type { SeaMask } from './seamask.ts';
import { wayOut } from './wayout.ts';

/** The sea ways ready for searching. */
export interface SeaNet {
  readonly mask: SeaMask;
  readonly nodes: readonly LonLat[];
  /** The same positions as numbers, for the inner loops. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly starts: Int32Array;
  readonly to: Int32Array;
  readonly length_m: Float64Array;
  /** How a place in open water joins the ways; null when it cannot. Remembered for the last places asked. */
  readonly joins: (at: LonLat) => Join | null;
}

/** From a place along `tail` (usually the place alone) to where turning points are seen. */
export interface Join {
  readonly tail: readonly LonLat[];
  readonly tail_m: number;
  readonly nodes: Int32Array;
  readonly far_m: Float64Array;
}

/** Farthest turning point looked for; from a place that sees enough of them, a nearer ring will do. */
const SIGHT_M = 30_000;
const NEAR_M = 12_000;
const ENOUGH = 12;
const REMEMBERED = 600;

export const buildSeaNet = (graph: SeaGraph, mask: SeaMask): SeaNet => {
  const n = graph.nodes.length;
  const starts = new Int32Array(n + 1);
  for (const node of graph.edges) starts[node + 1] = (starts[node + 1] as number) + 1;
  for (let i = 1; i <= n; i += 1) starts[i] = (starts[i] as number) + (starts[i - 1] as number);
  const to = new Int32Array(graph.edges.length);
  const length_m = new Float64Array(graph.edges.length);
  const next = starts.slice();
  const put = (a: number, b: number, length: number): void => {
    const slot = next[a] as number;
    to[slot] = b;
    length_m[slot] = length;
    next[a] = slot + 1;
  };
  for (let i = 0; i < graph.edges.length; i += 2) {
    const a = graph.edges[i] as number;
    const b = graph.edges[i + 1] as number;
    const length = distance_m(graph.nodes[a] as LonLat, graph.nodes[b] as LonLat);
    put(a, b, length);
    put(b, a, length);
  }
  const lon = Float64Array.from(graph.nodes, (at) => at[0]);
  const lat = Float64Array.from(graph.nodes, (at) => at[1]);
  return {
    mask,
    nodes: graph.nodes,
    lon,
    lat,
    starts,
    to,
    length_m,
    joins: remembering((at) => join(graph.nodes, mask, at)),
  };
};

const remembering = (find: (at: LonLat) => Join | null): ((at: LonLat) => Join | null) => {
  const known = new Map<string, Join | null>();
  return (at) => {
    const key = `${at[0]},${at[1]}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = find(at);
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value as string);
    known.set(key, found);
    return found;
  };
};

const join = (nodes: readonly LonLat[], mask: SeaMask, at: LonLat): Join | null => {
  const close = visible(nodes, mask, at, NEAR_M);
  const seen = close.length >= ENOUGH ? close : visible(nodes, mask, at, SIGHT_M);
  if (seen.length > 0) return joinFrom(nodes, [at], seen);
  const way = wayOut(mask, at, (place) => visible(nodes, mask, place, 4000)[0] ?? -1);
  if (way === null) return null;
  const exit = way.line[way.line.length - 1] as LonLat;
  return joinFrom(nodes, way.line, visible(nodes, mask, exit, SIGHT_M));
};

const joinFrom = (nodes: readonly LonLat[], tail: readonly LonLat[], seen: readonly number[]): Join => {
  const exit = tail[tail.length - 1] as LonLat;
  return {
    tail,
    tail_m: lineLength(tail),
    nodes: Int32Array.from(seen),
    far_m: Float64Array.from(seen, (node) => distance_m(exit, nodes[node] as LonLat)),
  };
};

export const lineLength = (line: readonly LonLat[]): number =>
  line.reduce((sum, at, i) => (i === 0 ? 0 : sum + distance_m(line[i - 1] as LonLat, at)), 0);

const visible = (nodes: readonly LonLat[], mask: SeaMask, at: LonLat, reach_m: number): number[] => {
  const dx = reach_m / metresPerDegreeLon(at[1]);
  const dy = reach_m / METRES_PER_DEGREE;
  const seen: number[] = [];
  for (let node = 0; node < nodes.length; node += 1) {
    const place = nodes[node] as LonLat;
    if (Math.abs(place[0] - at[0]) > dx || Math.abs(place[1] - at[1]) > dy) continue;
    if (mask.clear(at, place)) seen.push(node);
  }
  return seen;
};

/** Somewhere a boat may end its voyage, and what comes after. */
export interface SeaEnd {
  readonly at: LonLat;
  /** Its turning point when it is one (a pier), else -1. */
  readonly node: number;
  readonly after_s: number;
  readonly after_m: number;
}

/** Times from every turning point to the best end. */
export interface SeaField {
  readonly ends: readonly SeaEnd[];
  readonly kmh: number;
  readonly time_s: Float64Array;
  readonly way_m: Float64Array;
  /** Turning point to go to next, or -(2 + end); -1 where nothing is reached. */
  readonly next: Int32Array;
}

export const spread = (net: SeaNet, ends: readonly SeaEnd[], kmh: number): SeaField => {
  const n = net.nodes.length;
  const perMetre = 3.6 / kmh;
  const time_s = new Float64Array(n).fill(Infinity);
  const way_m = new Float64Array(n).fill(Infinity);
  const next = new Int32Array(n).fill(-1);
  const heap = new Heap();
  const offer = (node: number, time: number, way: number, via: number): void => {
    if (time >= (time_s[node] as number)) return;
    time_s[node] = time;
    way_m[node] = way;
    next[node] = via;
    heap.push(time, node);
  };
  ends.forEach((end, index) => {
    if (end.node >= 0) {
      offer(end.node, end.after_s, end.after_m, -2 - index);
      return;
    }
    const found = net.joins(end.at);
    found?.nodes.forEach((node, i) => {
      const way = found.tail_m + (found.far_m[i] as number);
      offer(node, end.after_s + way * perMetre, end.after_m + way, -2 - index);
    });
  });
  const done = new Uint8Array(n);
  for (let node = heap.pop(); node >= 0; node = heap.pop()) {
    if (done[node] === 1) continue;
    done[node] = 1;
    const last = net.starts[node + 1] as number;
    for (let slot = net.starts[node] as number; slot < last; slot += 1) {
      const length = net.length_m[slot] as number;
      offer(
        net.to[slot] as number,
        (time_s[node] as number) + length * perMetre,
        (way_m[node] as number) + length,
        node,
      );
    }
  }
  return { ends, kmh, time_s, way_m, next };
};

/** Best way by sea from a place in open water. `node` -1 means straight to the end `end`. */
export interface Voyage {
  readonly time_s: number;
  readonly way_m: number;
  /** From the place to where the first turning point or the end is seen: usually the place alone. */
  readonly tail: readonly LonLat[];
  readonly node: number;
  readonly end: number;
}

/**
 * Tries the turning points in the order of what they promise, so that the first one seen is the best; only a place that sees
 * none at all is led out of its corner first.
 */
export const voyage = (net: SeaNet, field: SeaField, at: LonLat): Voyage | null => {
  const direct = straightTo(net, field, at);
  const promises_s = promised(net, field, at);
  let tried_s = -Infinity;
  let least_s = Infinity;
  for (const promise_s of promises_s) least_s = Math.min(least_s, promise_s);
  for (let limit_s = least_s + 30; tried_s < Infinity && least_s < Infinity; limit_s = 2 * limit_s - least_s) {
    const heap = new Heap();
    let more = false;
    for (let node = 0; node < promises_s.length; node += 1) {
      const promise_s = promises_s[node] as number;
      if (promise_s >= tried_s && promise_s < limit_s) heap.push(promise_s, node);
      else if (promise_s >= limit_s && promise_s < Infinity) more = true;
    }
    while (heap.size > 0 && heap.topCost < (direct?.time_s ?? Infinity)) {
      const node = heap.pop();
      const place = net.nodes[node] as LonLat;
      if (!net.mask.clear(at, place)) continue;
      const way = distance_m(at, place);
      const time_s = (way * 3.6) / field.kmh + (field.time_s[node] as number);
      return { time_s, way_m: way + (field.way_m[node] as number), tail: [at], node, end: -1 };
    }
    tried_s = more && limit_s < (direct?.time_s ?? Infinity) ? limit_s : Infinity;
  }
  return direct ?? ledOut(net, field, at);
};

/** Time to the end by each turning point if it could be seen; Infinity for those too far to be looked for. */
const promised = (net: SeaNet, field: SeaField, at: LonLat): Float64Array => {
  const kx = metresPerDegreeLon(at[1]);
  const perMetre = 3.6 / field.kmh;
  const promises_s = new Float64Array(net.lon.length).fill(Infinity);
  for (let node = 0; node < promises_s.length; node += 1) {
    const x = ((net.lon[node] as number) - at[0]) * kx;
    const y = ((net.lat[node] as number) - at[1]) * METRES_PER_DEGREE;
    const far = Math.sqrt(x * x + y * y);
    if (far <= SIGHT_M) promises_s[node] = far * perMetre + (field.time_s[node] as number);
  }
  return promises_s;
};

/** Straight to an end that is no turning point, when it is in sight. */
const straightTo = (net: SeaNet, field: SeaField, at: LonLat): Voyage | null => {
  let best: Voyage | null = null;
  field.ends.forEach((end, index) => {
    if (end.node >= 0) return;
    const way = distance_m(at, end.at);
    const time_s = (way * 3.6) / field.kmh + end.after_s;
    if (best !== null && time_s >= best.time_s) return;
    if (way > SIGHT_M || !net.mask.clear(at, end.at)) return;
    best = { time_s, way_m: way + end.after_m, tail: [at], node: -1, end: index };
  });
  return best;
};

const ledOut = (net: SeaNet, field: SeaField, at: LonLat): Voyage | null => {
  const found = net.joins(at);
  let best: Voyage | null = null;
  found?.nodes.forEach((node, i) => {
    const way = found.tail_m + (found.far_m[i] as number);
    const time_s = (way * 3.6) / field.kmh + (field.time_s[node] as number);
    if (time_s === Infinity || (best !== null && time_s >= best.time_s)) return;
    best = { time_s, way_m: way + (field.way_m[node] as number), tail: found.tail, node, end: -1 };
  });
  return best;
};

/** The line of a voyage and the end it comes to. */
export const voyageLine = (
  net: SeaNet,
  field: SeaField,
  way: Voyage,
): { readonly line: readonly LonLat[]; readonly end: number } => {
  if (way.node < 0) return { line: [...way.tail, (field.ends[way.end] as SeaEnd).at], end: way.end };
  const line: LonLat[] = [...way.tail];
  let node = way.node;
  for (;;) {
    line.push(net.nodes[node] as LonLat);
    const next = field.next[node] as number;
    if (next < 0) {
      const index = -2 - next;
      const end = field.ends[index] as SeaEnd;
      if (end.node < 0) line.push(...(net.joins(end.at)?.tail ?? [end.at]).toReversed());
      return { line: line.filter((point, i) => i === 0 || String(point) !== String(line[i - 1])), end: index };
    }
    node = next;
  }
};
