import type { Instant } from '#core/base/instant.ts';
import type { Edge, LineNetwork, Transfer } from './network.ts';
import type { Connection, UsualLine } from './timetable.ts';

/** One thing done on the way; between the arrival of one and what follows is waiting. Hubs by id, layers by number. */
export type Step =
  | {
      /** From hub to hub by a static way, or a vehicle left where one is. */
      readonly kind: 'transfer';
      readonly transfer: Transfer;
      readonly start: Instant;
      readonly arrive: Instant;
    }
  | {
      /** By a line without timetable. */
      readonly kind: 'usual';
      readonly usual: UsualLine;
      /** From its `to` to its `from`. */
      readonly back: boolean;
      readonly layer: number;
      /** At the pier, leaving it, and ashore on the other side. */
      readonly start: Instant;
      readonly depart: Instant;
      readonly arrive: Instant;
    }
  | {
      /** By a trip of the timetable. */
      readonly kind: 'ride';
      /** Of one run, from where one gets on to where one gets off. */
      readonly connections: readonly Connection[];
      readonly layer: number;
      /** Latest moment to be at the pier; `arrive` is ashore, after `connections.at(-1).arrive`. */
      readonly board_by: Instant;
      readonly depart: Instant;
      readonly arrive: Instant;
    }
  | {
      /** From the last hub to the place. */
      readonly kind: 'place';
      readonly hub: string;
      readonly layer: number;
      readonly start: Instant;
      readonly arrive: Instant;
    };

/**
 * Adds the steps of a piece of the closure.
 * @param at when one is at its start
 * @returns when one is at its end
 */
export const addPiece = (steps: Step[], network: LineNetwork, piece: number, at: number): number => {
  const { edge, next } = network.closure;
  let now = at;
  for (let i = piece; edge[i] !== -1; i = next[i] as number) {
    const one = network.edges[edge[i] as number] as Edge;
    const arrive = Math.max(now, one.from) + one.cost_ms;
    steps.push(stepOf(network, one, now, arrive));
    now = arrive;
  }
  return now;
};

const stepOf = (network: LineNetwork, edge: Edge, at: number, end: number): Step => {
  const [start, arrive] = [at as Instant, end as Instant];
  const { means } = edge;
  if (!('usual' in means)) return { kind: 'transfer', transfer: means, start, arrive };
  const { usual, back, ashore_ms } = means;
  const depart = Math.round(end - ashore_ms - usual.crossing_s * 1000) as Instant;
  const layer = edge.from_node % network.layers.length;
  return { kind: 'usual', usual, back, layer, start, depart, arrive };
};

/** The ride from one connection to another of the same run. */
export const rideStep = (network: LineNetwork, board: number, exit: number, layer: number): Step => {
  const { rides } = network;
  const connections: Connection[] = [];
  for (let i = board; i <= exit; i += 1)
    if (rides.run[i] === rides.run[board]) connections.push(rides.connections[i] as Connection);
  return {
    kind: 'ride',
    connections,
    layer,
    board_by: rides.board_by[board] as Instant,
    depart: rides.depart[board] as Instant,
    arrive: rides.ashore[exit] as Instant,
  };
};
