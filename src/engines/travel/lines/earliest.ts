import type { Instant } from '#core/base/instant.ts';
import type { LineNetwork } from './network.ts';
import { addPiece, rideStep } from './steps.ts';
import type { Step } from './steps.ts';

/** Being at a hub, by number, in a layer. */
export interface HubStart {
  readonly hub: number;
  readonly layer: number;
  readonly at: Instant;
}

/** From one start (or several of one traveller) to every hub. */
export interface EarliestAtHubs {
  /** Infinity where there is no way in the span of the network. */
  readonly arrivalAt: (hub: number, layer: number) => number;
  /** The way, from the start it begins at; empty at the start itself, null where there is none. */
  readonly unfold: (hub: number, layer: number) => readonly Step[] | null;
}

/** What is known of nodes while scanning: when one can be there, and how: a piece of the closure after a ride or a start. */
interface Known {
  readonly at: Float64Array;
  readonly piece: Int32Array;
  /** When the piece begins, and the ride before it (-1: it begins at a start). */
  readonly since: Float64Array;
  readonly board: Int32Array;
  readonly exit: Int32Array;
}

/** The connection scan forwards, earliest arrival (Dibbelt, Pajor, Strasser, Wagner 2018, section 3). */
export const earliestFrom = (network: LineNetwork, starts: readonly HubStart[]): EarliestAtHubs => {
  const layers = network.layers.length;
  const { nodes } = network.closure;
  const known: Known = {
    at: new Float64Array(nodes).fill(Infinity),
    piece: new Int32Array(nodes).fill(-1),
    since: new Float64Array(nodes),
    board: new Int32Array(nodes).fill(-1),
    exit: new Int32Array(nodes).fill(-1),
  };
  const sorted = [...starts].sort((a, b) => a.at - b.at || a.hub - b.hub || a.layer - b.layer);
  for (const { hub, layer, at } of sorted) tell(network, known, hub * layers + layer, at, -1, -1);
  scan(network, known);
  return {
    arrivalAt: (hub, layer) => known.at[hub * layers + layer] as number,
    unfold: (hub, layer) => unfold(network, known, hub * layers + layer),
  };
};

const scan = (network: LineNetwork, known: Known): void => {
  const { rides } = network;
  const layers = network.layers.length;
  /** Where one got on each run, in each layer; -1 for not. */
  const boarded = new Int32Array(rides.runs * layers).fill(-1);
  for (let i = 0; i < rides.connections.length; i += 1)
    for (let layer = 0; layer < layers; layer += 1) {
      if (((rides.layers[i] as number) & (1 << layer)) === 0) continue;
      const rider = (rides.run[i] as number) * layers + layer;
      if (boarded[rider] === -1) {
        const node = (rides.from_hub[i] as number) * layers + layer;
        if ((known.at[node] as number) > (rides.board_by[i] as number)) continue;
        boarded[rider] = i;
      }
      const ashore = rides.ashore[i] as number;
      const node = (rides.to_hub[i] as number) * layers + layer;
      if (ashore < (known.at[node] as number)) tell(network, known, node, ashore, boarded[rider] as number, i);
    }
};

/** Being at a node is told there and at every node that can be reached from it. */
const tell = (network: LineNetwork, known: Known, node: number, at: number, board: number, exit: number): void => {
  const { closure } = network;
  for (let k = closure.first_from[node] as number; k < (closure.first_from[node + 1] as number); k += 1) {
    const piece = closure.by_start[k] as number;
    if (at > (closure.until[piece] as number)) continue;
    const there = Math.max(at, closure.from[piece] as number) + (closure.cost_ms[piece] as number);
    const end = closure.end[piece] as number;
    if (there >= (known.at[end] as number)) continue;
    known.at[end] = there;
    known.piece[end] = piece;
    known.since[end] = at;
    known.board[end] = board;
    known.exit[end] = exit;
  }
};

const unfold = (network: LineNetwork, known: Known, target: number): readonly Step[] | null => {
  if (known.at[target] === Infinity) return null;
  const layers = network.layers.length;
  const backwards: (readonly Step[])[] = [];
  let node = target;
  for (;;) {
    const steps: Step[] = [];
    const [board, exit] = [known.board[node] as number, known.exit[node] as number];
    const piece = known.piece[node] as number;
    const layer = (network.closure.start[piece] as number) % layers;
    if (exit !== -1) steps.push(rideStep(network, board, exit, layer));
    addPiece(steps, network, piece, known.since[node] as number);
    backwards.push(steps);
    if (exit === -1) return backwards.reverse().flat();
    node = (network.rides.from_hub[board] as number) * layers + layer;
  }
};
