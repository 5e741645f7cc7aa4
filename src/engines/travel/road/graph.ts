import { release } from '#core/base/release.ts';
import type { GraphArrays } from './arrays.ts';
import type { BanAutomaton } from './bans.ts';
import { banAutomaton, headOf } from './bans.ts';
import type { RoadData, RoadNet } from './data.ts';
import type { Groups } from './groups.ts';
import { groupBy } from './groups.ts';
import { turnClassifier } from './turns.ts';
import type { TurnOf } from './turns.ts';

/**
 * The graph that is searched. A turn is an arc unless it is forbidden, the node is barred, or it leads straight back; straight back is
 * allowed to the modes that can go nowhere else (a dead end, a barred node). A manoeuvre forbidden over several ways gets copies of the
 * edges between, which remember how they were come to.
 */
export const buildGraph = (data: RoadData): GraphArrays => graphOf(data, turnClassifier(data));

/** The same of the net alone, when the kinds of turns are known. */
export const graphOf = (data: RoadNet, turnOf: TurnOf): GraphArrays => {
  const automaton = banAutomaton(data);
  const { state_edge, edge_state, state_memory, memory_state } = numberStates(data, automaton);
  const leaving = leavingEdges(data, edge_state);
  const arcs = new ArcList(mostArcs(data, state_edge, leaving));
  const arc_start = new Int32Array(state_edge.length + 1);
  for (let state = 0; state < state_edge.length; state++) {
    const directed = state_edge[state] as number;
    const node = headOf(data, directed);
    const memory = state_memory[state] as number;
    let elsewhere = 0;
    const add = (next: number, modes: number): void => {
      const after = automaton.step(memory, next);
      const allowed = modes & accessOf(data, directed) & accessOf(data, next) & ~automaton.forbidden(after);
      if (allowed === 0) return;
      const copy = memory_state.get(automaton.kept(after));
      arcs.add(copy ?? (edge_state[next] as number), allowed, turnOf(directed, next, node));
      elsewhere |= allowed;
    };
    const open = ~(data.node_barred[node] as number);
    for (let at = leaving.start[node] as number; at < (leaving.start[node + 1] as number); at++) {
      const next = leaving.item[at] as number;
      if (next !== (directed ^ 1)) add(next, open);
    }
    add(directed ^ 1, ~elsewhere);
    arc_start[state + 1] = arcs.length;
    arcs.sortFrom(arc_start[state] as number);
  }
  release(leaving.start, leaving.item, state_memory);
  return { state_edge, edge_state, arc_start, ...arcs.arrays() };
};

/** Modes that may use a directed edge. */
export const accessOf = (data: RoadNet, directed: number): number =>
  (directed % 2 === 0 ? data.edge_forward : data.edge_backward)[directed >> 1] as number;

interface States {
  readonly state_edge: Int32Array;
  readonly edge_state: Int32Array;
  /** What each state remembers of forbidden manoeuvres. */
  readonly state_memory: Int32Array;
  /** The copies, by what they remember. */
  readonly memory_state: ReadonlyMap<number, number>;
}

const numberStates = (data: RoadNet, automaton: BanAutomaton): States => {
  const edge_state = new Int32Array(2 * data.edge_from.length).fill(-1);
  let count = 0;
  for (let directed = 0; directed < edge_state.length; directed++) {
    if (accessOf(data, directed) !== 0) edge_state[directed] = count++;
  }
  const copies = automaton.memories.filter(({ directed }) => edge_state[directed] !== -1);
  const state_edge = new Int32Array(count + copies.length);
  const state_memory = new Int32Array(state_edge.length);
  for (let directed = 0; directed < edge_state.length; directed++) {
    const state = edge_state[directed] as number;
    if (state === -1) continue;
    state_edge[state] = directed;
    state_memory[state] = automaton.step(0, directed);
  }
  const memory_state = new Map<number, number>();
  for (const [i, { memory, directed }] of copies.entries()) {
    memory_state.set(memory, count + i);
    state_edge[count + i] = directed;
    state_memory[count + i] = memory;
  }
  return { state_edge, edge_state, state_memory, memory_state };
};

/** Directed edges by the node they begin at. */
const leavingEdges = (data: RoadNet, edge_state: Int32Array): Groups => {
  const node = edge_state.map((state, directed) => (state === -1 ? -1 : headOf(data, directed ^ 1)));
  const leaving = groupBy(node, data.node_lon_e7.length);
  release(node);
  return leaving;
};

/** No more than this many: from each state to every edge where it ends, and back. */
const mostArcs = (data: RoadNet, state_edge: Int32Array, { start }: Groups): number => {
  let most = state_edge.length;
  for (let state = 0; state < state_edge.length; state++) {
    const node = headOf(data, state_edge[state] as number);
    most += (start[node + 1] as number) - (start[node] as number);
  }
  return most;
};

/** Arcs in the order of the states they leave; 6 bytes each. */
class ArcList {
  readonly #to: Int32Array;
  readonly #modes: Uint8Array;
  readonly #turn: Uint8Array;
  #length = 0;

  constructor(most: number) {
    this.#to = new Int32Array(most);
    this.#modes = new Uint8Array(most);
    this.#turn = new Uint8Array(most);
  }

  get length(): number {
    return this.#length;
  }

  add(to: number, modes: number, turn: number): void {
    this.#to[this.#length] = to;
    this.#modes[this.#length] = modes;
    this.#turn[this.#length] = turn;
    this.#length += 1;
  }

  /** Puts the arcs from a place to the end in the order of where they lead. Few at a time. */
  sortFrom(first: number): void {
    for (let at = first + 1; at < this.#length; at++) {
      for (let back = at; back > first && (this.#to[back - 1] as number) > (this.#to[back] as number); back--) {
        for (const list of [this.#to, this.#modes, this.#turn]) {
          [list[back - 1], list[back]] = [list[back] as number, list[back - 1] as number];
        }
      }
    }
  }

  arrays(): { arc_to: Int32Array; arc_modes: Uint8Array; arc_turn: Uint8Array } {
    const arrays = {
      arc_to: this.#to.slice(0, this.#length),
      arc_modes: this.#modes.slice(0, this.#length),
      arc_turn: this.#turn.slice(0, this.#length),
    };
    release(this.#to, this.#modes, this.#turn);
    return arrays;
  }
}
