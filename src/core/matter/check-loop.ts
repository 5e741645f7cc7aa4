import { edgesOf, openStates, reachable, undecidedStates } from './graph.ts';
import type { Edge } from './graph.ts';
import type { Kind, Part } from './kind.ts';

/** Whether the loop closes: every state is reached, every open one has an owner, a clock and a way out that says how it ended. */
export const checkLoop = (kind: Kind): readonly string[] => {
  const edges = edgesOf(kind);
  const problems = [...checkStates(kind), ...checkOutcomes(kind, edges)];
  if (kind.states[kind.initial]?.open !== true) problems.push(`the initial state ${kind.initial} is not an open state`);
  const reached = reachable(edges, [kind.initial]);
  for (const state of Object.keys(kind.states)) {
    if (!reached.has(state)) problems.push(`state ${state} is never reached`);
  }
  const closing = canClose(kind);
  for (const state of openStates(kind)) {
    if (!closing.has(state)) problems.push(`from state ${state} no steps lead to a closed state`);
  }
  return [...problems, ...Object.entries(kind.parts).flatMap(([name, part]) => checkPart(kind, name, part))];
};

/** States from which steps alone, without waiting for a clock, lead to a closed state. */
export const canClose = (kind: Kind): ReadonlySet<string> => {
  const backwards = edgesOf(kind)
    .filter((edge) => edge.step !== null)
    .map((edge) => ({ ...edge, from: edge.to, to: edge.from }));
  const closed = Object.keys(kind.states).filter((state) => kind.states[state]?.open === false);
  return reachable(backwards, closed);
};

const checkStates = (kind: Kind): string[] => {
  const problems: string[] = [];
  for (const [name, state] of Object.entries(kind.states)) {
    if (state.open && state.owner.length === 0) problems.push(`open state ${name} has no owner`);
    if (state.open && state.clocks.length === 0) problems.push(`open state ${name} has no clock`);
    if (!state.open && state.clocks.length > 0) problems.push(`closed state ${name} has a clock`);
  }
  return problems;
};

const checkOutcomes = (kind: Kind, edges: readonly Edge[]): string[] => {
  const undecided = undecidedStates(kind);
  const problems = edges
    .filter((edge) => !edge.decides && undecided.has(edge.from) && kind.states[edge.to]?.open === false)
    .map((edge) => `${by(edge)} closes from ${edge.from} without an outcome`);
  const early = edges.filter((edge) => edge.decides && undecided.has(edge.to) && kind.states[edge.to]?.open === true);
  problems.push(
    ...early.map((edge) => `${by(edge)} sets an outcome and goes to ${edge.to}, where nothing is decided yet`),
  );
  const reached = new Set<string>();
  for (const { outcome } of Object.values(kind.steps)) {
    if (typeof outcome === 'string') reached.add(outcome);
    if (typeof outcome === 'object') {
      for (const value of Object.keys(kind.facts[outcome.fact]?.choices ?? {})) reached.add(value);
    }
  }
  for (const { fires } of Object.values(kind.clocks)) if (fires.outcome !== undefined) reached.add(fires.outcome);
  for (const outcome of Object.keys(kind.outcomes)) {
    if (!reached.has(outcome)) problems.push(`outcome ${outcome} is never reached`);
  }
  return problems;
};

const by = (edge: Edge): string => (edge.step === null ? `clock ${edge.clock}` : `step ${edge.step}`);

/** Every state of a part is reached, and every one that binds its subject can be left for one that does not. */
const checkPart = (kind: Kind, name: string, part: Part): readonly string[] => {
  const edges = partEdges(kind, name, part);
  const begun = Object.values(kind.steps)
    .filter((step) => step.part?.of === name && step.part.from === 'none')
    .map((step) => step.part?.to ?? '');
  if (kind.raise.parts?.of === name) begun.push(kind.raise.parts.to);
  const reached = reachable(edges, begun);
  const free = Object.keys(part.states).filter((state) => part.states[state]?.active === false);
  const freed = reachable(
    edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from })),
    free,
  );
  return Object.keys(part.states).flatMap((state) => [
    ...(reached.has(state) ? [] : [`state ${state} of part ${name} is never reached`]),
    ...(freed.has(state) ? [] : [`state ${state} of part ${name} binds its subject for ever`]),
  ]);
};

/** The moves of a part that steps and its clocks make. */
export const partEdges = (kind: Kind, name: string, part: Part): readonly Edge[] => [
  ...Object.entries(kind.steps).flatMap(([step, { part: move }]) =>
    move?.of !== name || move.from === 'none'
      ? []
      : move.from.map((from) => ({ from, to: move.to, step, clock: null, decides: false })),
  ),
  ...Object.entries(part.states).flatMap(([from, state]) =>
    (state.clocks ?? []).flatMap((clock) => {
      const to = kind.clocks[clock]?.fires.part_to;
      return to === undefined ? [] : [{ from, to, step: null, clock, decides: false }];
    }),
  ),
];
