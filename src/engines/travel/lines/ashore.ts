import type { LineNetwork } from './network.ts';

/**
 * From every node to the place without a ride: an offset that is always open (Infinity for none) and, where lines with opening hours
 * help, pieces as in the closure: `[first[n], first[n + 1])`.
 */
export interface Ashore {
  readonly cost_ms: Float64Array;
  /** Piece of the closure the offset goes by; -1 for none. */
  readonly piece: Int32Array;
  readonly first: Int32Array;
  readonly limited: readonly Limited[];
}

export interface Limited {
  readonly from: number;
  readonly until: number;
  readonly cost_ms: number;
  readonly piece: number;
}

/** A way from a node to the place that is open for a while: who is there at `t ≤ until` is at the place at `max(t, from) + cost_ms`. */
export interface LastLeg {
  readonly node: number;
  readonly from: number;
  readonly until: number;
  readonly cost_ms: number;
}

/** @param place_s seconds from each node to the place; Infinity where there is no way @param last what leads there at times only */
export const ashoreTo = (network: LineNetwork, place_s: ArrayLike<number>, last: readonly LastLeg[]): Ashore => {
  const { closure } = network;
  const cost_ms = new Float64Array(closure.nodes).fill(Infinity);
  const piece = new Int32Array(closure.nodes).fill(-1);
  const limited: { readonly node: number; readonly one: Limited }[] = [];
  for (let target = 0; target < closure.nodes; target += 1) {
    const last_ms = Math.round((place_s[target] ?? Infinity) * 1000);
    if (!(last_ms < Infinity)) continue;
    for (let i = closure.first[target] as number; i < (closure.first[target + 1] as number); i += 1) {
      const node = closure.start[i] as number;
      const total_ms = (closure.cost_ms[i] as number) + last_ms;
      const [from, until] = [closure.from[i] as number, closure.until[i] as number];
      if (from > network.from || until < Infinity)
        limited.push({ node, one: { from, until, cost_ms: total_ms, piece: i } });
      else if (total_ms < (cost_ms[node] as number)) {
        cost_ms[node] = total_ms;
        piece[node] = i;
      }
    }
  }
  for (const leg of last) limited.push(...throughLast(network, leg));
  // What is always open and as quick makes a piece useless.
  const useful = limited.filter(({ node, one }) => one.cost_ms < (cost_ms[node] as number));
  useful.sort((a, b) => a.node - b.node || a.one.piece - b.one.piece);
  const first = new Int32Array(closure.nodes + 1);
  for (const { node } of useful) first[node + 1] = (first[node + 1] as number) + 1;
  for (let node = 0; node < closure.nodes; node += 1)
    first[node + 1] = (first[node + 1] as number) + (first[node] as number);
  return { cost_ms, piece, first, limited: useful.map(({ one }) => one) };
};

/** Every piece that leads to where a last leg begins, with the leg at its end. */
const throughLast = ({ closure, from: begin }: LineNetwork, leg: LastLeg): { node: number; one: Limited }[] => {
  const found: { node: number; one: Limited }[] = [];
  for (let i = closure.first[leg.node] as number; i < (closure.first[leg.node + 1] as number); i += 1) {
    const cost_ms = closure.cost_ms[i] as number;
    const from = Math.max(closure.from[i] as number, leg.from - cost_ms);
    const until = Math.min(closure.until[i] as number, leg.until - cost_ms);
    if (until < begin || (closure.from[i] as number) + cost_ms > leg.until) continue;
    found.push({
      node: closure.start[i] as number,
      one: { from, until, cost_ms: cost_ms + leg.cost_ms, piece: i },
    });
  }
  return found;
};

/** Arrival without a ride when at the node at `at`; Infinity when there is no way. */
export const arrivalAshore = (ashore: Ashore, node: number, at: number): number => {
  let best = at + (ashore.cost_ms[node] as number);
  const end = ashore.first[node + 1] as number;
  for (let i = ashore.first[node] as number; i < end; i += 1) {
    const one = ashore.limited[i] as Limited;
    if (at <= one.until) best = Math.min(best, Math.max(at, one.from) + one.cost_ms);
  }
  return best;
};

/** What it takes at least without a ride, whenever one is there. */
export const leastAshore = (ashore: Ashore, node: number): number => {
  let least = ashore.cost_ms[node] as number;
  const end = ashore.first[node + 1] as number;
  for (let i = ashore.first[node] as number; i < end; i += 1)
    least = Math.min(least, (ashore.limited[i] as Limited).cost_ms);
  return least;
};

/** The piece of the closure that gives `arrivalAshore`; -1 when there is no way. */
export const pieceAshore = (ashore: Ashore, node: number, at: number): number => {
  const best = arrivalAshore(ashore, node, at);
  if (best === Infinity) return -1;
  if (best === at + (ashore.cost_ms[node] as number)) return ashore.piece[node] as number;
  for (let i = ashore.first[node] as number; i < (ashore.first[node + 1] as number); i += 1) {
    const one = ashore.limited[i] as Limited;
    if (at <= one.until && Math.max(at, one.from) + one.cost_ms === best) return one.piece;
  }
  return -1;
};

/** Latest moment to be at the node and arrive by `by` without a ride; -Infinity when there is none. */
export const latestAshore = (ashore: Ashore, node: number, by: number): number => {
  let latest = by - (ashore.cost_ms[node] as number);
  for (let i = ashore.first[node] as number; i < (ashore.first[node + 1] as number); i += 1) {
    const one = ashore.limited[i] as Limited;
    if (one.from + one.cost_ms <= by) latest = Math.max(latest, Math.min(one.until, by - one.cost_ms));
  }
  return latest;
};
