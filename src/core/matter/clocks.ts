import type { Instant } from '#core/base/instant.ts';
import { addWorking, workingBetween_s } from './calendar.ts';
import type { WorkingCalendar } from './calendar.ts';
import { valueOf } from './conditions.ts';
import type { Change } from './happening.ts';
import type { Clock, Kind } from './kind.ts';
import type { Matter, RunningClock } from './matter.ts';

/** What an event does to clocks. A stopped clock with `null` is forgotten; a number is the time it has counted so far. */
export interface ClockChange {
  readonly start: Readonly<Record<string, ClockStart>>;
  readonly stop: Readonly<Record<string, number | null>>;
}
export interface ClockStart {
  readonly clock: string;
  readonly level: string | null;
  readonly subject: string | null;
  readonly since: Instant;
  readonly due: Instant;
  readonly spent_s: number;
}

type Wanted = Pick<ClockStart, 'clock' | 'level' | 'subject'>;

/** Key of a running clock: per level, per subject, or plain. */
const keyOf = (wanted: Wanted): string =>
  wanted.level !== null
    ? `${wanted.clock}@${wanted.level}`
    : wanted.subject !== null
      ? `${wanted.clock}/${wanted.subject}`
      : wanted.clock;

/** The clocks that should run in this state, at this level, with these parts. A closed matter runs none. */
const wantedClocks = (kind: Kind, matter: Matter): ReadonlyMap<string, Wanted> => {
  const wanted = new Map<string, Wanted>();
  const state = kind.states[matter.state];
  if (state === undefined || !state.open) return wanted;
  const add = (clock: string, subject: string | null): void => {
    const level = kind.clocks[clock]?.per_level === true ? matter.level : null;
    const one = { clock, level, subject };
    wanted.set(keyOf(one), one);
  };
  for (const clock of state.clocks) add(clock, null);
  for (const key in matter.parts) {
    const part = matter.parts[key];
    if (part === undefined) continue;
    for (const clock of kind.parts[part.part]?.states[part.state]?.clocks ?? []) add(clock, part.subject);
  }
  return wanted;
};

const limit_s = (clock: Clock, matter: Matter): number => {
  const limit = clock.limit_s;
  if (typeof limit === 'number') return limit;
  const value = limit.by === 'level' ? matter.level : valueOf(matter.facts, limit.by.fact);
  return (typeof value === 'string' ? limit.of[value] : undefined) ?? limit.otherwise;
};

/** Whether a change moves a running deadline. One given to a subject is not moved by the level: others' lateness is no excuse. */
const dependsOn = (clock: Clock, subject: string | null, changed: Matter, before: Matter): boolean => {
  const limit = clock.limit_s;
  if (typeof limit === 'number' || clock.per_level === true) return false;
  if (limit.by === 'level') return subject === null && changed.level !== before.level;
  return valueOf(changed.facts, limit.by.fact) !== valueOf(before.facts, limit.by.fact);
};

const LIMITING = new WeakMap<Kind, ReadonlySet<string>>();

/** Facts some deadline of the kind depends on. */
const limitingFacts = (kind: Kind): ReadonlySet<string> => {
  const known = LIMITING.get(kind);
  if (known !== undefined) return known;
  const limits = Object.values(kind.clocks).map((clock) => clock.limit_s);
  const facts = new Set(
    limits.flatMap((limit) => (typeof limit === 'number' || limit.by === 'level' ? [] : [limit.by.fact])),
  );
  LIMITING.set(kind, facts);
  return facts;
};

/**
 * False for a change that starts, stops and moves no clock: nothing but facts no deadline depends on. Most of what is written down
 * about a matter is of that sort. A clock a kind declares anew starts on a matter that was open before with the next change of another sort.
 */
export const mayMoveClocks = (kind: Kind, change: Change): boolean => {
  if (change.level !== undefined || change.state !== undefined || change.parts !== undefined) return true;
  const limiting = limitingFacts(kind);
  for (const name in change.facts) if (limiting.has(name)) return true;
  return false;
};

const dueAt = (clock: Clock, since: Instant, left_s: number, calendar: WorkingCalendar): Instant =>
  clock.runs === 'working' ? addWorking(calendar, since, left_s) : ((since + Math.round(left_s * 1000)) as Instant);

const elapsed_s = (clock: Clock, running: RunningClock, now: Instant, calendar: WorkingCalendar): number => {
  const counted =
    clock.runs === 'working' ? workingBetween_s(calendar, running.since, now) : (now - running.since) / 1000;
  return running.spent_s + Math.max(0, counted);
};

/**
 * What has to happen to the clocks when `before` becomes `after`.
 * @param after the matter with the change applied, its clocks still those of `before`
 */
export const clockChange = (
  kind: Kind,
  before: Matter | null,
  after: Matter,
  now: Instant,
  calendar: WorkingCalendar,
): ClockChange | null => {
  const wanted = wantedClocks(kind, after);
  const start: Record<string, ClockStart> = {};
  const stop: Record<string, number | null> = {};
  for (const [key, one] of wanted) {
    const clock = kind.clocks[one.clock];
    const running = after.clocks[key];
    if (clock === undefined) continue;
    if (running === undefined || running.due === null) {
      const spent_s = running?.spent_s ?? 0;
      const left_s = Math.max(0, limit_s(clock, after) - spent_s);
      start[key] = { ...one, since: now, due: dueAt(clock, now, left_s, calendar), spent_s };
    } else if (running.fired === null && before !== null && dependsOn(clock, one.subject, after, before)) {
      const left_s = Math.max(0, limit_s(clock, after) - running.spent_s);
      const due = Math.max(now, dueAt(clock, running.since, left_s, calendar)) as Instant;
      start[key] = { ...one, since: running.since, due, spent_s: running.spent_s };
    }
  }
  for (const key in after.clocks) {
    const running = after.clocks[key];
    if (running === undefined || running.due === null || wanted.has(key)) continue;
    const clock = kind.clocks[running.clock];
    stop[key] = clock?.per_level === true ? elapsed_s(clock, running, now, calendar) : null;
  }
  return Object.keys(start).length + Object.keys(stop).length === 0 ? null : { start, stop };
};

/** Clocks after a change. A clock that fired once keeps that mark when it runs again: it never fires twice. */
export const applyClocks = (
  clocks: Matter['clocks'],
  start: ClockChange['start'] | undefined,
  stop: ClockChange['stop'] | undefined,
): Matter['clocks'] => {
  if (start === undefined && stop === undefined) return clocks;
  const next: Record<string, RunningClock> = {};
  for (const key in clocks) {
    const running = clocks[key];
    const spent_s = stop?.[key];
    if (running === undefined || spent_s === null) continue;
    next[key] = spent_s === undefined ? running : { ...running, due: null, spent_s };
  }
  for (const key in start) {
    const one = start[key];
    if (one !== undefined) next[key] = { ...one, fired: next[key]?.fired ?? null };
  }
  return next;
};

/** Keys of clocks that ran out by `now` and have not fired. */
export const dueClocks = (matter: Matter, now: Instant): readonly string[] =>
  Object.keys(matter.clocks).filter((key) => {
    const clock = matter.clocks[key];
    return clock !== undefined && clock.due !== null && clock.fired === null && clock.due <= now;
  });

/** When the next clock of this matter fires; null when none will. */
export const nextDue = (matter: Matter): Instant | null => {
  let next: Instant | null = null;
  for (const key in matter.clocks) {
    const clock = matter.clocks[key];
    if (clock === undefined || clock.due === null || clock.fired !== null) continue;
    if (next === null || clock.due < next) next = clock.due;
  }
  return next;
};
