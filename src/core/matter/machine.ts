import { isSlug } from '#core/base/ids.ts';
import type { Hash, MatterId, SiteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Json } from '#core/base/json.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import { granted } from './access.ts';
import type { Actor } from './actor.ts';
import type { WorkingCalendar } from './calendar.ts';
import { clockChange, mayMoveClocks } from './clocks.ts';
import { destination, holds, valueOf } from './conditions.ts';
import { applyChange, blank } from './evolve.ts';
import { undecidedStates } from './graph.ts';
import type { Change, Decision, Effect, Raised } from './happening.ts';
import type { Kind, Step, Takes } from './kind.ts';
import type { Matter } from './matter.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { VALUES_MAX, parseFact } from './values.ts';

/** Everything a decision may depend on besides the matter: passed in, so that the same input always decides the same. */
export interface Context {
  readonly actor: Actor;
  readonly now: Instant;
  readonly calendar: WorkingCalendar;
  readonly site: SiteId;
}

export interface RaiseCommand {
  readonly id: MatterId;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Leaf hash of the reporter's secret, when the reporter gets a receipt. */
  readonly receipt?: Hash;
  readonly origin?: Raised['origin'];
}

export interface StepCommand {
  readonly step: string;
  readonly subject: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Decides whether a matter of this kind may be raised, and what then happens. */
export const decideRaise = (kind: Kind, command: RaiseCommand, context: Context): Result<Decision, Refusal> => {
  // A matter that another one opens was granted by that one's step.
  if (command.origin === undefined && !granted(kind, kind.raise.who, context.actor, null))
    return err(refusal('forbidden'));
  const stated = parseFacts(kind, kind.raise.takes, command.facts, context.now);
  if (!stated.ok) return stated;
  const facts = { ...kind.raise.sets, ...stated.value };
  const lowest = kind.levels[0]?.id ?? '';
  const parts = partsFrom(kind, facts);
  const start = { facts, level: lowest, state: kind.initial, ...parts };
  const seed = applyChange(kind, blank(kind, command.id, context), start, context);
  const level = kind.raise.level?.find((rule) => holds(rule.when, seed))?.level ?? lowest;
  const after = { ...seed, level };
  const clocks = clockChange(kind, null, after, context.now, context.calendar);
  const body: Raised = {
    level,
    state: kind.initial,
    facts,
    ...parts,
    ...clocks,
    ...(command.receipt === undefined ? {} : { receipt: command.receipt }),
    ...(command.origin === undefined ? {} : { origin: command.origin }),
  };
  return ok({ happening: { type: 'raised', body }, effects: [] });
};

/** The parts a matter begins with: one for each unit the named fact lists. */
const partsFrom = (kind: Kind, facts: Readonly<Record<string, Json>>): Pick<Change, 'parts'> => {
  const begins = kind.raise.parts;
  const units = begins === undefined ? undefined : facts[begins.each];
  if (begins === undefined || !Array.isArray(units)) return {};
  return { parts: [...new Set(units.map(String))].map((subject) => ({ of: begins.of, subject, to: begins.to })) };
};

/** Decides whether a step may be taken, and what then happens. */
export const decideStep = (
  kind: Kind,
  matter: Matter,
  command: StepCommand,
  context: Context,
): Result<Decision, Refusal> => {
  const step = Object.hasOwn(kind.steps, command.step) ? kind.steps[command.step] : undefined;
  if (step === undefined) return err(refusal('step-unknown', 'step', command.step));
  const stopped =
    notPossible(kind, matter, step, command.subject, context.actor) ??
    takenAlready(matter, command.step, step) ??
    badSubject(step, command.subject);
  if (stopped !== null) return err(stopped);
  const stated = parseFacts(kind, step.takes, command.facts, context.now);
  if (!stated.ok) return stated;
  const facts: Record<string, Json> = { ...step.sets, ...stated.value };
  if (isIdle(step, facts)) {
    return err(
      refusal('fact-missing', Object.keys(step.takes)[0] ?? null, `one of ${Object.keys(step.takes).join(', ')}`),
    );
  }
  const moved = moveLevel(kind, matter, step, facts);
  if (!moved.ok) return moved;
  const change: Change = {
    ...(Object.keys(facts).length === 0 ? {} : { facts }),
    ...(moved.value === matter.level ? {} : { level: moved.value }),
    ...(step.part === undefined || command.subject === null
      ? {}
      : { parts: [{ of: step.part.of, subject: command.subject, to: step.part.to }] }),
    ...outcomeOf(step, facts),
  };
  const body = { step: command.step, ...settle(kind, matter, change, step.to, context) };
  const linked = linkOf(step, matter, facts);
  if (!linked.ok) return linked;
  const link = linked.value;
  return ok({
    happening: {
      type: 'stepped',
      body: link === null ? body : { ...body, link: { to: link.to, relation: link.relation } },
    },
    effects: effectsOf(kind, step, matter, facts, link),
  });
};

/** Decides what happens when a clock runs out. Refused when it is not due, or has fired already. */
export const decideFire = (kind: Kind, matter: Matter, key: string, context: Context): Result<Decision, Refusal> => {
  const running = matter.clocks[key];
  const clock = running === undefined ? undefined : kind.clocks[running.clock];
  if (running === undefined || clock === undefined || running.due === null || running.fired !== null) {
    return err(refusal('clock-not-due', 'clock', key));
  }
  if (running.due > context.now) return err(refusal('clock-not-due', 'clock', key));
  const fires = clock.fires;
  const part = Object.values(matter.parts).find(
    (one) =>
      one.subject === running.subject &&
      kind.parts[one.part]?.states[one.state]?.clocks?.includes(running.clock) === true,
  );
  // A clock that several subjects run raises the level once, however many of them are late.
  const first = matter.firsts[`clock:${running.clock}`] === undefined;
  const up = fires.level === 'up' && first ? levelAbove(kind, matter.level) : null;
  const change: Change = {
    ...(up === null ? {} : { level: up }),
    ...(fires.part_to === undefined || part === undefined
      ? {}
      : { parts: [{ of: part.part, subject: part.subject, to: fires.part_to }] }),
    ...(fires.outcome === undefined ? {} : { outcome: fires.outcome }),
  };
  const body = { clock: key, ...settle(kind, matter, change, fires.to, context) };
  return ok({ happening: { type: 'fired', body }, effects: [] });
};

/** A step the actor has something to do with: may be taken now, or is refused for the reason given. */
export interface Possible {
  readonly step: string;
  readonly subject: string | null;
  readonly refused: Refusal | null;
}

/**
 * The steps this actor could take now: granted, and possible in this state. A condition of the declaration that does not
 * hold is reported as the reason, so that a screen can show the button and say why it waits.
 */
export const possibleSteps = (kind: Kind, matter: Matter, actor: Actor): readonly Possible[] => {
  const found: Possible[] = [];
  for (const [name, step] of Object.entries(kind.steps)) {
    for (const subject of subjectsOf(matter, step)) {
      const refused = notPossible(kind, matter, step, subject, actor) ?? takenAlready(matter, name, step);
      if (refused === null || refused.code === 'need-not-met') found.push({ step: name, subject, refused });
    }
  }
  return found;
};

/** Subjects a step could be about: the parts in the right state; for a step that adds a part, still unnamed. */
const subjectsOf = (matter: Matter, step: Step): readonly (string | null)[] => {
  const part = step.part;
  if (part === undefined || part.from === 'none') return [null];
  return Object.values(matter.parts)
    .filter((one) => one.part === part.of && part.from.includes(one.state))
    .map((one) => one.subject);
};

const notPossible = (kind: Kind, matter: Matter, step: Step, subject: string | null, actor: Actor): Refusal | null => {
  if (!granted(kind, step.who, actor, matter, subject)) return refusal('forbidden');
  if (!inState(kind, matter, step)) return refusal('step-not-possible', 'state', matter.state);
  if (step.part !== undefined && step.part.from !== 'none') {
    if (subject === null) return refusal('subject-missing', 'subject', step.part.of);
    const part = matter.parts[`${step.part.of}/${subject}`];
    if (part === undefined || !step.part.from.includes(part.state)) {
      return refusal('part-not-possible', 'subject', part?.state ?? 'none');
    }
  }
  if (step.part?.from === 'none' && subject !== null) {
    const part = matter.parts[`${step.part.of}/${subject}`];
    if (part !== undefined && kind.parts[step.part.of]?.states[part.state]?.active === true) {
      return refusal('part-not-possible', 'subject', part.state);
    }
  }
  const unmet = step.needs?.find((need) => !holds(need.that, matter));
  return unmet === undefined ? null : refusal('need-not-met', null, '', unmet.otherwise);
};

const takenAlready = (matter: Matter, name: string, step: Step): Refusal | null =>
  step.once === true && matter.done.includes(name) ? refusal('step-done', 'step', name) : null;

/** A step about a part names whom it is about; a new part begins only for something that can be a force or agency. */
const badSubject = (step: Step, subject: string | null): Refusal | null => {
  if (step.part === undefined) return null;
  if (subject === null) return refusal('subject-missing', 'subject', step.part.of);
  return isSlug(subject) ? null : refusal('fact-invalid', 'subject', 'the id of a force or agency');
};

/** True for a step that would state nothing and move nothing: it would only look as if something had been done. */
const isIdle = (step: Step, facts: Readonly<Record<string, Json>>): boolean =>
  Object.keys(facts).length === 0 &&
  [step.part, step.to, step.level, step.outcome, step.opens].every((moves) => moves === undefined);

const inState = (kind: Kind, matter: Matter, step: Step): boolean =>
  step.from === '*' ||
  (step.from === 'open' ? kind.states[matter.state]?.open === true : step.from.includes(matter.state));

const parseFacts = (
  kind: Kind,
  takes: Takes,
  input: Readonly<Record<string, unknown>>,
  now: Instant,
): Result<Record<string, Json>, Refusal> => {
  const facts: Record<string, Json> = {};
  for (const name in input) {
    const fact = Object.hasOwn(takes, name) ? kind.facts[name] : undefined;
    if (fact === undefined) return err(refusal('fact-unknown', name, `one of ${Object.keys(takes).join(', ')}`));
    if (input[name] === null || input[name] === undefined || input[name] === '') continue;
    const value = parseFact(name, fact, input[name], now);
    if (!value.ok) return value;
    facts[name] = value.value;
  }
  for (const name in takes) {
    if (takes[name] === 'required' && facts[name] === undefined) {
      return err(refusal('fact-missing', name, 'required'));
    }
  }
  return ok(facts);
};

/** Completes a change with where the matter goes and what that does to its clocks. */
const settle = (kind: Kind, matter: Matter, change: Change, to: Step['to'], context: Context): Change => {
  if (to === undefined && !mayMoveClocks(kind, change)) return change;
  const touched = applyChange(kind, matter, change, context);
  const state = destination(to, touched);
  // Back where nothing was decided yet, an earlier outcome would tell the reporter something that no longer holds.
  const stands = state === matter.state || change.outcome !== undefined || !undecidedStates(kind).has(state);
  const further: Change = {
    ...(state === matter.state ? {} : { state }),
    ...(stands || matter.outcome === null ? {} : { outcome: null }),
  };
  // Most commands move nothing further; what they did need not be worked out twice.
  const after = Object.keys(further).length === 0 ? touched : applyChange(kind, touched, further, context);
  return { ...change, ...further, ...clockChange(kind, matter, after, context.now, context.calendar) };
};

const levelAbove = (kind: Kind, level: string): string | null => {
  const index = kind.levels.findIndex((one) => one.id === level);
  return kind.levels[index + 1]?.id ?? null;
};

const moveLevel = (
  kind: Kind,
  matter: Matter,
  step: Step,
  facts: Readonly<Record<string, Json>>,
): Result<string, Refusal> => {
  if (step.level === undefined) return ok(matter.level);
  const index = kind.levels.findIndex((one) => one.id === matter.level);
  if (step.level === 'up' || step.level === 'down') {
    const next = kind.levels[index + (step.level === 'up' ? 1 : -1)];
    return next === undefined ? err(refusal('step-not-possible', 'level', matter.level)) : ok(next.id);
  }
  const named = facts[step.level.fact];
  return typeof named === 'string' && kind.levels.some((one) => one.id === named)
    ? ok(named)
    : err(refusal('fact-invalid', step.level.fact, 'a level'));
};

const outcomeOf = (step: Step, facts: Readonly<Record<string, Json>>): Pick<Change, 'outcome'> => {
  if (step.outcome === undefined) return {};
  if (typeof step.outcome === 'string') return { outcome: step.outcome };
  const named = facts[step.outcome.fact];
  return typeof named === 'string' ? { outcome: named } : {};
};

const linkOf = (
  step: Step,
  matter: Matter,
  facts: Readonly<Record<string, Json>>,
): Result<Extract<Effect, { type: 'link' }> | null, Refusal> => {
  if (step.links === undefined) return ok(null);
  const { fact, relation } = step.links;
  const stated = facts[fact];
  const named: readonly Json[] = Array.isArray(stated) ? stated : stated === undefined ? [] : [stated];
  if (named.length > 1) return err(refusal('fact-invalid', fact, 'one matter at a time'));
  const to = named[0];
  if (to === matter.id) return err(refusal('fact-invalid', fact, 'another matter'));
  return ok(typeof to === 'string' ? { type: 'link', to: to as MatterId, relation } : null);
};

const effectsOf = (
  kind: Kind,
  step: Step,
  matter: Matter,
  facts: Readonly<Record<string, Json>>,
  link: Extract<Effect, { type: 'link' }> | null,
): readonly Effect[] => {
  const effects: Effect[] = link === null ? [] : [link];
  if (step.opens !== undefined) {
    const carried: Record<string, { from: string; value: Json }> = {};
    for (const [theirs, ours] of Object.entries(step.opens.carries)) {
      const value = facts[ours] ?? statedSoFar(kind, matter, ours);
      if (value !== undefined) carried[theirs] = { from: ours, value };
    }
    effects.push({ type: 'raise', kind: step.opens.kind, relation: step.opens.relation, facts: carried });
  }
  return effects;
};

/** All of a set or log (the latest, where there are more than one command takes), the one value of a single fact. */
const statedSoFar = (kind: Kind, matter: Matter, fact: string): Json | undefined => {
  if (kind.facts[fact]?.merge === 'single') return valueOf(matter.facts, fact);
  return matter.facts[fact]?.stated.slice(-VALUES_MAX).map((one) => one.value);
};
