import type { Instant } from '#core/base/instant.ts';
import { arrivalAshore, ashoreTo, latestAshore, leastAshore, pieceAshore } from './ashore.ts';
import type { Ashore, LastLeg } from './ashore.ts';
import { Pool, arrivalBy, placeFor, putAt } from './front.ts';
import type { LineNetwork } from './network.ts';
import { addPiece, rideStep } from './steps.ts';
import type { Step } from './steps.ts';

/** From every hub, in every layer: when one is at the place as a function of when one is at the hub. Hubs and layers by number. */
export interface HubProfiles {
  /** Never earlier for a later `at` (FIFO); Infinity where there is no way in the span of the network. */
  readonly arrivalAt: (hub: number, layer: number, at: number) => number;
  /** Milliseconds it takes at least, whenever one is there; Infinity where there is no way. */
  readonly least_ms: (hub: number, layer: number) => number;
  /** Latest moment to be at the hub and arrive by `by`; -Infinity when there is none since the network begins. */
  readonly latestFor: (hub: number, layer: number, by: number) => number;
  /** The way that gives `arrivalAt`, ending with a step to the place; null where there is none. */
  readonly unfold: (hub: number, layer: number, at: Instant) => readonly Step[] | null;
  /** Moments at which `arrivalAt` of a hub steps up, besides rising with the time: its pairs, by moment. */
  readonly pairs: (hub: number, layer: number) => readonly (readonly [by: number, arrive: number])[];
}

/** Pairs of all nodes in one place: of node n `[first[n], first[n + 1])`, earliest first. */
interface Pairs {
  readonly first: Int32Array;
  readonly by: Float64Array;
  readonly arrive: Float64Array;
  readonly board: Int32Array;
  readonly exit: Int32Array;
  readonly piece: Int32Array;
}

/**
 * The profile connection scan (Dibbelt, Pajor, Strasser, Wagner 2018, "Connection Scan Algorithm", section 4): connections by falling
 * departure; each takes the better of staying aboard and getting off, and if that is better than what is known where one gets on,
 * is told there and, by the closed ways, at every node that leads there.
 * @param place_s seconds from each node (`hub × layers + layer`) to the place; Infinity where there is no way
 * @param last ways to the place that are open at times only
 */
export const profilesTo = (
  network: LineNetwork,
  place_s: ArrayLike<number>,
  last: readonly LastLeg[] = [],
): HubProfiles => {
  const ashore = ashoreTo(network, place_s, last);
  const pairs = flatten(...scan(network, ashore));
  const layers = network.layers.length;
  const arrivalOf = (node: number, at: number): number => {
    const pair = pairAt(pairs, node, at);
    return Math.min(arrivalAshore(ashore, node, at), pair < 0 ? Infinity : (pairs.arrive[pair] as number));
  };
  return {
    arrivalAt: (hub, layer, at) => arrivalOf(hub * layers + layer, at),
    least_ms: (hub, layer) => {
      const node = hub * layers + layer;
      return Math.min(leastAshore(ashore, node), leastPair(pairs, node));
    },
    latestFor: (hub, layer, by) => {
      const node = hub * layers + layer;
      const latest = Math.max(latestAshore(ashore, node, by), latestPair(pairs, node, by));
      return latest < network.from ? -Infinity : latest;
    },
    unfold: (hub, layer, at) => unfold(network, ashore, pairs, hub * layers + layer, at),
    pairs: (hub, layer) => {
      const node = hub * layers + layer;
      const found: [number, number][] = [];
      for (let i = pairs.first[node] as number; i < (pairs.first[node + 1] as number); i += 1)
        found.push([pairs.by[i] as number, pairs.arrive[i] as number]);
      return found;
    },
  };
};

const scan = (network: LineNetwork, ashore: Ashore): readonly [Pool, readonly number[][]] => {
  const { rides, closure } = network;
  const layers = network.layers.length;
  const pool = new Pool();
  const fronts: number[][] = Array.from({ length: closure.nodes }, () => []);
  // Of each run, in each layer: the arrival of who is aboard, and the connection after which to get off.
  const aboard = new Float64Array(rides.runs * layers).fill(Infinity);
  const exits = new Int32Array(rides.runs * layers).fill(-1);
  for (let i = rides.connections.length - 1; i >= 0; i -= 1) {
    const at = rides.ashore[i] as number;
    for (let layer = 0; layer < layers; layer += 1) {
      if (((rides.layers[i] as number) & (1 << layer)) === 0) continue;
      const rider = (rides.run[i] as number) * layers + layer;
      if (at < Infinity) {
        const node = (rides.to_hub[i] as number) * layers + layer;
        const off = Math.min(arrivalAshore(ashore, node, at), arrivalBy(pool, fronts[node] as number[], at));
        if (off < (aboard[rider] as number)) {
          aboard[rider] = off;
          exits[rider] = i;
        }
      }
      const arrive = aboard[rider] as number;
      const by = rides.board_by[i] as number;
      if (arrive === Infinity || by === -Infinity) continue;
      const node = (rides.from_hub[i] as number) * layers + layer;
      tell(network, ashore, pool, fronts, node, by, arrive, i, exits[rider] as number);
    }
  }
  return [pool, fronts];
};

/** A ride is told where it begins and at every node that leads there, unless what is known there is as good. */
const tell = (
  network: LineNetwork,
  ashore: Ashore,
  pool: Pool,
  fronts: number[][],
  node: number,
  by: number,
  arrive: number,
  board: number,
  exit: number,
): void => {
  const { first, start, from, until, cost_ms } = network.closure;
  const end = first[node + 1] as number;
  const self = first[node] as number;
  for (let i = self; i < end; i += 1) {
    const cost = cost_ms[i] as number;
    if ((from[i] as number) + cost > by) continue;
    const there = Math.min(until[i] as number, by - cost);
    const source = start[i] as number;
    const front = fronts[source] as number[];
    const place = arrivalAshore(ashore, source, there) <= arrive ? -1 : placeFor(pool, front, there, arrive);
    if (place >= 0) putAt(pool, front, place, pool.add(there, arrive, board, exit, i));
    // What is useless where it begins is useless wherever one comes from.
    else if (i === self) return;
  }
};

const flatten = (pool: Pool, fronts: readonly (readonly number[])[]): Pairs => {
  const first = new Int32Array(fronts.length + 1);
  for (const [node, front] of fronts.entries()) first[node + 1] = (first[node] as number) + front.length;
  const count = first[fronts.length] as number;
  const pairs = {
    first,
    by: new Float64Array(count),
    arrive: new Float64Array(count),
    board: new Int32Array(count),
    exit: new Int32Array(count),
    piece: new Int32Array(count),
  };
  for (const [node, front] of fronts.entries()) {
    let i = first[node + 1] as number;
    for (const pair of front) {
      i -= 1;
      pairs.by[i] = pool.by[pair] as number;
      pairs.arrive[i] = pool.arrive[pair] as number;
      pairs.board[i] = pool.board[pair] as number;
      pairs.exit[i] = pool.exit[pair] as number;
      pairs.piece[i] = pool.piece[pair] as number;
    }
  }
  return pairs;
};

/** The first pair one is in time for; -1 when there is none. It has the earliest arrival of those. */
const pairAt = ({ first, by }: Pairs, node: number, at: number): number => {
  const end = first[node + 1] as number;
  let [low, high] = [first[node] as number, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((by[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return low === end ? -1 : low;
};

/** By a ride: the later one comes to it the less one waits, so the last moment that is in time takes least. */
const leastPair = ({ first, by, arrive }: Pairs, node: number): number => {
  let least = Infinity;
  const end = first[node + 1] as number;
  for (let i = first[node] as number; i < end; i += 1)
    least = Math.min(least, (arrive[i] as number) - (by[i] as number));
  return least;
};

/** The latest moment of a pair that arrives by `by`. */
const latestPair = (pairs: Pairs, node: number, by: number): number => {
  const begin = pairs.first[node] as number;
  let [low, high] = [begin, pairs.first[node + 1] as number];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pairs.arrive[middle] as number) <= by) low = middle + 1;
    else high = middle;
  }
  return low === begin ? -Infinity : (pairs.by[low - 1] as number);
};

const unfold = (
  network: LineNetwork,
  ashore: Ashore,
  pairs: Pairs,
  start: number,
  at: Instant,
): readonly Step[] | null => {
  const layers = network.layers.length;
  const steps: Step[] = [];
  let [node, now] = [start, at as number];
  for (;;) {
    const dry = arrivalAshore(ashore, node, now);
    const pair = pairAt(pairs, node, now);
    if (pair < 0 || dry <= (pairs.arrive[pair] as number)) {
      const piece = pieceAshore(ashore, node, now);
      if (piece < 0) return null;
      const last = addPiece(steps, network, piece, now);
      const end = network.closure.end[piece] as number;
      const hub = network.hubs[Math.floor(end / layers)] as string;
      steps.push({ kind: 'place', hub, layer: end % layers, start: last as Instant, arrive: dry as Instant });
      return steps;
    }
    addPiece(steps, network, pairs.piece[pair] as number, now);
    const [board, exit] = [pairs.board[pair] as number, pairs.exit[pair] as number];
    const layer = (network.closure.end[pairs.piece[pair] as number] as number) % layers;
    steps.push(rideStep(network, board, exit, layer));
    node = (network.rides.to_hub[exit] as number) * layers + layer;
    now = network.rides.ashore[exit] as number;
  }
};
