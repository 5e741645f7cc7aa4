import type { RoadNet, TurnBan } from './data.ts';

/**
 * Forbidden manoeuvres as an automaton that reads the directed edges one drives (Aho, Corasick 1975): its state is the longest end of the
 * way so far that begins some manoeuvre, so that bans which overlap are all kept in mind at once. State 0 remembers nothing.
 */
export interface BanAutomaton {
  /** What is remembered after a directed edge when `memory` was remembered before it. */
  readonly step: (memory: number, directed: number) => number;
  /** Modes for which the edge that led to this memory completed a forbidden manoeuvre. */
  readonly forbidden: (memory: number) => number;
  /** The part of a memory worth keeping: 0 unless at least two edges of an unfinished manoeuvre were driven. */
  readonly kept: (memory: number) => number;
  /** Memories worth keeping, each with the directed edge driven last. In order. */
  readonly memories: readonly { readonly memory: number; readonly directed: number }[];
}

interface Branch {
  readonly directed: number;
  readonly depth: number;
  readonly next: Map<number, number>;
  /** The memory of the longest shorter end. */
  fallback: number;
  modes: number;
}

/** A ban whose edges do not follow one another binds nothing. */
export const banAutomaton = (data: RoadNet): BanAutomaton => {
  const branches = growTrie(data.bans.flatMap((ban) => drives(data, ban)).sort(byEdges));
  const at = (memory: number): Branch => branches[memory] as Branch;
  const step = (memory: number, directed: number): number => {
    let from = memory;
    for (;;) {
      const next = at(from).next.get(directed);
      if (next !== undefined) return next;
      if (from === 0) return 0;
      from = at(from).fallback;
    }
  };
  linkFallbacks(branches, step);
  const kept = (memory: number): number => {
    let found = memory;
    while (at(found).depth >= 2 && at(found).next.size === 0) found = at(found).fallback;
    return at(found).depth >= 2 ? found : 0;
  };
  const memories = branches.flatMap(({ depth, next, directed }, memory) =>
    depth >= 2 && next.size > 0 ? [{ memory, directed }] : [],
  );
  return { step, forbidden: (memory) => at(memory).modes, kept, memories };
};

interface Drive {
  readonly directed: readonly number[];
  readonly modes: number;
}

const byEdges = (a: Drive, b: Drive): number => {
  const differs = a.directed.findIndex((directed, place) => directed !== b.directed[place]);
  if (differs < 0) return a.directed.length - b.directed.length;
  return (a.directed[differs] as number) - (b.directed[differs] ?? -1);
};

/** Each way of driving a ban: one, unless an edge of it is a loop, which can be driven both ways round. */
const drives = (data: RoadNet, ban: TurnBan): readonly Drive[] => {
  const [first, ...rest] = ban.edges;
  if (first === undefined || rest.length === 0) return [];
  let ways: readonly (readonly number[])[] = [2 * first, 2 * first + 1]
    .filter((directed) => headOf(data, directed) === ban.at)
    .map((directed) => [directed]);
  for (const edge of rest) {
    ways = ways.flatMap((way) =>
      [2 * edge, 2 * edge + 1]
        .filter((directed) => headOf(data, directed ^ 1) === headOf(data, way.at(-1) as number))
        .map((directed) => [...way, directed]),
    );
  }
  return ways.map((directed) => ({ directed, modes: ban.modes }));
};

/** The node a directed edge leads to. */
export const headOf = (data: RoadNet, directed: number): number =>
  (directed % 2 === 0 ? data.edge_to : data.edge_from)[directed >> 1] as number;

const growTrie = (all: readonly Drive[]): Branch[] => {
  const branches: Branch[] = [{ directed: -1, depth: 0, next: new Map(), fallback: 0, modes: 0 }];
  for (const drive of all) {
    let memory = 0;
    for (const directed of drive.directed) {
      const branch = branches[memory] as Branch;
      let next = branch.next.get(directed);
      if (next === undefined) {
        next = branches.length;
        branch.next.set(directed, next);
        branches.push({ directed, depth: branch.depth + 1, next: new Map(), fallback: 0, modes: 0 });
      }
      memory = next;
    }
    (branches[memory] as Branch).modes |= drive.modes;
  }
  return branches;
};

/** Breadth first, so that every shorter end is linked before it is needed; what it forbids is forbidden here too. */
const linkFallbacks = (branches: readonly Branch[], step: (memory: number, directed: number) => number): void => {
  const queue = [0];
  for (const memory of queue) {
    const branch = branches[memory] as Branch;
    for (const [directed, next] of branch.next) {
      const child = branches[next] as Branch;
      child.fallback = memory === 0 ? 0 : step(branch.fallback, directed);
      child.modes |= (branches[child.fallback] as Branch).modes;
      queue.push(next);
    }
  }
};
