import assert from 'node:assert/strict';
import { isSlug } from '#core/base/ids.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import { edgesOf, undecidedStates } from '#core/matter/graph.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { Matter } from '#core/matter/matter.ts';
import { measure } from '#core/matter/measure.ts';
import type { RefusalCode } from '#core/matter/refusal.ts';
import { suitedActor } from './walk-gen.ts';
import type { World } from './walk.ts';

/** Every code there is; a new one does not compile until it stands here. */
export const CODES: Readonly<Record<RefusalCode, true>> = {
  forbidden: true,
  'step-unknown': true,
  'step-not-possible': true,
  'step-done': true,
  'part-not-possible': true,
  'subject-missing': true,
  'need-not-met': true,
  'fact-unknown': true,
  'fact-missing': true,
  'fact-invalid': true,
  'position-invalid': true,
  'time-in-future': true,
  'clock-not-due': true,
};
/** What must be true of a matter at every moment. */
export const assertSound = (kind: Kind, matter: Matter): void => {
  const state = kind.states[matter.state];
  assert.ok(state, `state ${matter.state} is declared`);
  const measured = measure(kind, matter);
  for (const [name, { from, to }] of Object.entries(kind.measures)) {
    const counted = from === 'raised' && matter.firsts[to] !== undefined;
    if (counted) assert.notEqual(measured[name], null, `K16: ${name} is measured once ${to} is there`);
  }
  for (const [name, fact] of Object.entries(matter.facts)) {
    const values = fact.stated.map((stated) => JSON.stringify(stated.value));
    const merge = kind.facts[name]?.merge;
    if (merge === 'set') assert.equal(new Set(values).size, values.length, `K11: set ${name} holds each value once`);
    if (merge === 'single') assert.equal(values.length, 1, `K11: single ${name} holds one value`);
  }
  const running = Object.values(matter.clocks).filter((clock) => clock.due !== null);
  if (!state.open) {
    assert.deepEqual(running, [], 'K7: a closed matter runs no clock');
    assert.ok(
      matter.outcome !== null && Object.hasOwn(kind.outcomes, matter.outcome),
      'K5: a closed matter has an outcome',
    );
    return;
  }
  const counted = running.filter((clock) => state.clocks.includes(clock.clock));
  assert.equal(counted.length, state.clocks.length, `K3: open state ${matter.state} has its clocks, running or fired`);
  assert.ok(suitedActor(state.owner, matter, null), `K2: somebody owns open state ${matter.state}`);
  assert.ok(kind.levels.some((level) => level.id === matter.level));
  for (const clock of running) assert.ok(Number.isSafeInteger(clock.due), 'C1: a deadline is a whole instant');
};

/** A step about a part moved exactly one, of something that can be a force or agency. */
const assertStep = (kind: Kind, event: Envelope): void => {
  if (event.type !== 'stepped') return;
  const body = event.body as { readonly step: string; readonly parts?: readonly { readonly subject: string }[] };
  const moved = (body.parts ?? []).map((move) => isSlug(move.subject));
  assert.deepEqual(moved, kind.steps[body.step]?.part === undefined ? [] : [true], `K10: ${body.step} moves its part`);
};

/** What is taken once was, for each outcome the matter came to. */
const assertOnce = (world: World): void => {
  const taken = new Map<string, Set<string>>();
  for (const event of world.events) {
    const { step = '', outcome } = event.body as { readonly step?: string; readonly outcome?: string | null };
    const done = outcome === undefined ? (taken.get(event.matter ?? '') ?? new Set()) : new Set<string>();
    taken.set(event.matter ?? '', done);
    if (world.kind(event.kind).steps[step]?.once !== true) continue;
    assert.ok(!done.has(step), `K20: ${step} is taken once`);
    done.add(step);
  }
};

/** What must be true of the way from one event to the next. */
export const assertMoved = (kind: Kind, from: Matter, to: Matter): void => {
  if (from.state === to.state) return;
  const way = edgesOf(kind).some((edge) => edge.from === from.state && edge.to === to.state);
  assert.ok(way, `K4: ${from.state} → ${to.state} is declared`);
  const back = kind.states[from.state]?.open === false && undecidedStates(kind).has(to.state);
  if (back) assert.equal(to.outcome, null, 'K5: reopened where nothing is decided, it has no outcome');
};

/** The ledger alone makes the same matters again, read back from its text, and no clock fired twice. */
export const assertLedger = (world: World): void => {
  assert.deepEqual(
    JSON.parse(JSON.stringify(world.events)),
    world.events,
    'K8: events read back from their text are the same',
  );
  for (const matter of world.matters.values())
    assert.deepEqual(world.rebuilt(matter.id), matter, 'K8: incremental equals rebuilt');
  for (const event of world.events) assertStep(world.kind(event.kind), event);
  assertOnce(world);
  const fired = new Set<string>();
  const started = new Map<string, number>();
  for (const event of world.events) {
    const body = event.body as {
      readonly clock?: string;
      readonly start?: Readonly<Record<string, { readonly since: number }>>;
    };
    if (event.type === 'fired') {
      const perLevel = world.kind(event.kind).clocks[body.clock?.split('@')[0] ?? '']?.per_level === true;
      const run = `${event.matter} ${body.clock} ${perLevel ? '' : started.get(`${event.matter} ${body.clock}`)}`;
      assert.ok(!fired.has(run), `C4: clock ${run} fires once`);
      fired.add(run);
    }
    for (const key of Object.keys(body.start ?? {})) started.set(`${event.matter} ${key}`, event.seq);
  }
};
