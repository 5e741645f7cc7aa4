import type { Instant } from '#core/base/instant.ts';
import { categoryOf, feedbackFacts, raiseFacts, resolveFacts } from './mapping.ts';
import { MOMENT_NAMES } from './rows.ts';
import type { Moment, UnitRow } from './rows.ts';

/** One command of the replay. */
export interface Action {
  readonly at: Instant;
  readonly call: string;
  /** The row whose timestamp it is; null for what concerns the whole call. */
  readonly row: UnitRow | null;
  readonly moment: Moment | 'closing';
  readonly step: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What is said of one call in one second: taken in together. */
export interface Turn {
  readonly at: Instant;
  readonly call: string;
  /** In the order of the file. A call is raised in a turn of its own. */
  readonly actions: readonly Action[];
}

/**
 * The step each moment is. A dispatch is an order there, not an offer: the unit's acceptance is entered with it, the file has no
 * time of its own for one.
 */
const STEPS: Readonly<Partial<Record<Moment, readonly string[]>>> = {
  dispatch: ['offer', 'accept'],
  response: ['go'],
  on_scene: ['arrive'],
  transport: ['transport'],
  hospital: ['deliver'],
  available: ['clear'],
};

/** The step whose event in the ledger carries the moment. */
export const MARKING_STEP: Readonly<Record<Moment, string>> = {
  received: 'raised',
  entry: 'classify',
  dispatch: 'offer',
  response: 'go',
  on_scene: 'arrive',
  transport: 'transport',
  hospital: 'deliver',
  available: 'clear',
};

/**
 * Everything the rows say, as commands in the order of time. Of the same second, first what was written first in the file; a
 * call ends in the second its last unit is free, and not at all while the file says of one that it never was.
 */
export const planOf = (rows: readonly UnitRow[]): readonly Turn[] => {
  const actions: Action[] = [];
  const calls = Map.groupBy(rows, (row) => row.call);
  for (const [call, units] of calls) {
    const [first] = units;
    if (first === undefined) continue;
    const of = { call, row: null };
    actions.push({ ...of, at: first.times.received, moment: 'received', step: 'raise', facts: raiseFacts(first) });
    actions.push({
      ...of,
      at: first.times.entry,
      moment: 'entry',
      step: 'classify',
      facts: { category: categoryOf(first) },
    });
    for (const row of units) actions.push(...unitActions(row));
  }
  for (const [call, units] of calls) actions.push(...closing(call, units));
  return turnsOf(actions.sort((a, b) => a.at - b.at));
};

/** @param actions in the order of time */
const turnsOf = (actions: readonly Action[]): readonly Turn[] => {
  const turns: Turn[] = [];
  let second = new Map<string, Action[]>();
  let at: Instant | null = null;
  for (const action of actions) {
    if (action.at !== at) second = new Map();
    at = action.at;
    const together = second.get(action.call);
    if (together !== undefined) {
      together.push(action);
      continue;
    }
    const alone = [action];
    turns.push({ at, call: action.call, actions: alone });
    if (action.step !== 'raise') second.set(action.call, alone);
  }
  return turns;
};

const unitActions = (row: UnitRow): readonly Action[] =>
  MOMENT_NAMES.flatMap((moment) => {
    const at = row.times[moment];
    return at === undefined
      ? []
      : (STEPS[moment] ?? []).map((step) => ({ at, call: row.call, row, moment, step, facts: {} }));
  });

const closing = (call: string, units: readonly UnitRow[]): readonly Action[] => {
  if (units.some((row) => row.times.available === undefined)) return [];
  const latest = (row: UnitRow): number => Math.max(...Object.values(row.times));
  const last = units.reduce((a, b) => (latest(b) > latest(a) ? b : a));
  const of = { at: latest(last) as Instant, call, row: null, moment: 'closing' as const };
  return [
    { ...of, step: 'resolve', facts: resolveFacts(last) },
    { ...of, step: 'feed_back', facts: feedbackFacts(last) },
    { ...of, step: 'close', facts: {} },
  ];
};
