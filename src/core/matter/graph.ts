import type { Clock, Condition, Kind, Rule, Step } from './kind.ts';

/** A way from one state to another that a declaration allows. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /** The step taken, or the clock that runs out. */
  readonly step: string | null;
  readonly clock: string | null;
  /** True when it always sets an outcome. */
  readonly decides: boolean;
}

/** Every way between states, by steps and by clocks; conditions on anything but the state count as if they could hold. */
export const edgesOf = (kind: Kind): readonly Edge[] => [
  ...Object.entries(kind.steps).flatMap(([name, step]) => stepEdges(kind, name, step)),
  ...Object.entries(kind.clocks).flatMap(([name, clock]) => clockEdges(kind, name, clock)),
];

/** States a step may be taken in. */
export const statesOf = (kind: Kind, step: Step): readonly string[] => {
  if (step.from === '*') return Object.keys(kind.states);
  if (step.from === 'open') return openStates(kind);
  return step.from;
};

export const openStates = (kind: Kind): readonly string[] =>
  Object.keys(kind.states).filter((name) => kind.states[name]?.open === true);

/** States that can be reached from any of `starts` along the edges, the starts included. */
export const reachable = (edges: readonly Edge[], starts: readonly string[]): ReadonlySet<string> => {
  const found = new Set(starts);
  for (const state of found) {
    for (const edge of edges) if (edge.from === state) found.add(edge.to);
  }
  return found;
};

const UNDECIDED = new WeakMap<Kind, ReadonlySet<string>>();

/** States a matter can be in before any outcome was set: those reached without a deciding step. */
export const undecidedStates = (kind: Kind): ReadonlySet<string> => {
  const known = UNDECIDED.get(kind);
  if (known !== undefined) return known;
  const open = edgesOf(kind).filter((edge) => !edge.decides);
  const states = reachable(open, [kind.initial]);
  UNDECIDED.set(kind, states);
  return states;
};

const stepEdges = (kind: Kind, name: string, step: Step): readonly Edge[] =>
  edges(statesOf(kind, step), step.to, { step: name, clock: null, decides: decides(step) });

const clockEdges = (kind: Kind, name: string, clock: Clock): readonly Edge[] => {
  const inParts = Object.values(kind.parts).some((part) =>
    Object.values(part.states).some((state) => state.clocks?.includes(name) === true),
  );
  const from = openStates(kind).filter((state) => inParts || kind.states[state]?.clocks.includes(name) === true);
  return edges(from, clock.fires.to, { step: null, clock: name, decides: clock.fires.outcome !== undefined });
};

const edges = (
  from: readonly string[],
  to: string | readonly Rule[] | undefined,
  by: Pick<Edge, 'step' | 'clock' | 'decides'>,
): readonly Edge[] =>
  from.flatMap((state) =>
    targets(to, state)
      .filter((target) => target !== state)
      .map((target) => ({ from: state, to: target, ...by })),
  );

const decides = (step: Step): boolean => {
  const outcome = step.outcome;
  if (outcome === undefined || typeof outcome === 'string') return outcome !== undefined;
  return step.takes[outcome.fact] === 'required' || step.sets?.[outcome.fact] !== undefined;
};

const targets = (to: string | readonly Rule[] | undefined, state: string): readonly string[] => {
  if (to === undefined) return [];
  if (typeof to === 'string') return [to];
  const found: string[] = [];
  for (const rule of to) {
    const judged = judge(rule.when, state);
    if (judged !== false) found.push(rule.to);
    if (judged === true) break;
  }
  return found;
};

/** What a condition says when only the state is known; null where it depends on more. */
const judge = (condition: Condition, state: string): boolean | null => {
  if ('state' in condition) return condition.state.includes(state);
  if ('not' in condition) {
    const inner = judge(condition.not, state);
    return inner === null ? null : !inner;
  }
  if ('all' in condition) return combine(condition.all, state, false);
  if ('any' in condition) return combine(condition.any, state, true);
  return null;
};

/** `all` is settled by one false, `any` by one true. */
const combine = (conditions: readonly Condition[], state: string, settles: boolean): boolean | null => {
  const judged = conditions.map((one) => judge(one, state));
  if (judged.includes(settles)) return settles;
  return judged.includes(null) ? null : !settles;
};
