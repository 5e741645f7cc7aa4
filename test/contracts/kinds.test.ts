import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { between, pick, seeded } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';
import { isSlug } from '#core/base/ids.ts';
import type { MatterId } from '#core/base/ids.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import { checkKind } from '#core/matter/check.ts';
import { dueClocks } from '#core/matter/clocks.ts';
import { edgesOf, undecidedStates } from '#core/matter/graph.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { Matter } from '#core/matter/matter.ts';
import { measure } from '#core/matter/measure.ts';
import type { RefusalCode } from '#core/matter/refusal.ts';
import { ROLES } from '#kinds/roles.ts';
import { loadKinds } from '#rim/kinds-loader.ts';
import { closeSomehow } from './close.ts';
import { UNITS, anyActor, badFacts, goodFacts, subjectsOf, suitedActor } from './walk-gen.ts';
import { World, actorOf, must } from './walk.ts';

/** The one suite over all kinds. A kind that is added is walked without a line here. */
const WALKS_PER_KIND = 2000;
const ACTIONS_MAX = 40;

const CODES: Readonly<Record<RefusalCode, true>> = {
  forbidden: true,
  'step-unknown': true,
  'step-not-possible': true,
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

const kinds = await loadKinds();

/** What a walk does next; numbers choose, so that a failing walk shrinks to a short one. */
interface Action {
  readonly sort: 'allowed' | 'any' | 'garbage' | 'wait' | 'fire' | 'later-type';
  readonly seed: number;
}
const ACTION = fc.record<Action>({
  sort: fc.oneof(
    { weight: 12, arbitrary: fc.constant<'allowed'>('allowed') },
    { weight: 3, arbitrary: fc.constant<'any'>('any') },
    { weight: 3, arbitrary: fc.constant<'garbage'>('garbage') },
    { weight: 3, arbitrary: fc.constant<'wait'>('wait') },
    { weight: 1, arbitrary: fc.constant<'fire'>('fire') },
    { weight: 1, arbitrary: fc.constant<'later-type'>('later-type') },
  ),
  seed: fc.nat(),
});

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
};

/** Takes one action on a matter; answers the code of a refusal, or null. Whatever throws fails the walk. */
const act = (world: World, id: MatterId, action: Action): string | null => {
  const random = seeded(action.seed);
  const matter = world.matter(id);
  const kind = world.kind(matter.kind);
  if (action.sort === 'wait') {
    world.wait(pick(random, [0.037, 1.913, 59.999, 600, 7200.001, 86_400, 700_000]));
    return null;
  }
  if (action.sort === 'fire')
    return (
      world.fire(id, pick(random, [...Object.keys(matter.clocks), ...Object.keys(kind.clocks), 'x']))?.code ?? null
    );
  if (action.sort === 'later-type') {
    world.record(id, { type: 'of-a-later-version', body: { state: 'nonsense' } } as never, actorOf('system'));
    return null;
  }
  const result =
    action.sort === 'allowed' ? allowed(world, kind, matter, random) : wild(world, kind, matter, random, action.sort);
  return result.ok ? null : result.error.code;
};

/** A step from the present state, by somebody it is granted to, with facts as they should be. */
const allowed = (world: World, kind: Kind, matter: Matter, random: Random): ReturnType<World['step']> => {
  const open = kind.states[matter.state]?.open === true;
  const names = Object.keys(kind.steps).filter((name) => {
    const from = kind.steps[name]?.from;
    return from === '*' || (from === 'open' ? open : from?.includes(matter.state) === true);
  });
  const name = names.length === 0 ? 'none' : pick(random, names);
  const step = kind.steps[name];
  if (step === undefined) return world.step(matter.id, name, actorOf('commander'));
  const subjects = subjectsOf(matter, step);
  const subject = subjects.length === 0 ? null : pick(random, subjects);
  const actor = suitedActor(step.who, matter, subject) ?? anyActor(random, matter);
  return world.step(matter.id, name, actor, goodFacts(random, kind, step.takes), subject);
};

/** Any step by anybody, with facts that fit or do not. */
const wild = (
  world: World,
  kind: Kind,
  matter: Matter,
  random: Random,
  sort: 'any' | 'garbage',
): ReturnType<World['step']> => {
  const names = [
    ...Object.keys(kind.steps),
    ...(sort === 'garbage' ? ['__proto__', 'constructor', 'toString', ''] : []),
  ];
  const name = pick(random, names);
  const step = Object.hasOwn(kind.steps, name) ? kind.steps[name] : undefined;
  const strange = sort === 'garbage' ? ['', '__proto__', '\u0000', 'A B', 'x'.repeat(5000)] : [];
  const subjects: readonly (string | null)[] = [null, ...UNITS, 'stranger', ...strange];
  const actor = random() < 0.5 && step !== undefined ? suitedActor(step.who, matter, 'ptu-1') : null;
  const takes = step?.takes ?? {};
  const facts = sort === 'any' ? goodFacts(random, kind, takes) : badFacts(random, kind, takes);
  return world.step(matter.id, name, actor ?? anyActor(random, matter), facts, pick(random, subjects));
};

/** What must be true of a matter at every moment. */
const assertSound = (kind: Kind, matter: Matter): void => {
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

/** What must be true of the way from one event to the next. */
const assertMoved = (kind: Kind, from: Matter, to: Matter): void => {
  if (from.state === to.state) return;
  const way = edgesOf(kind).some((edge) => edge.from === from.state && edge.to === to.state);
  assert.ok(way, `K4: ${from.state} → ${to.state} is declared`);
  if (undecidedStates(kind).has(to.state) && kind.states[from.state]?.open === false) assert.equal(to.outcome, null);
};

const begin = (world: World, kind: Kind, random: Random): MatterId =>
  must(
    world.raise(
      kind.id,
      goodFacts(random, kind, kind.raise.takes),
      suitedActor(kind.raise.who, null, null) ?? actorOf('commander'),
    ),
  );

/** One walk, checked at every step. Answers the states it met. */
const walk = (kind: Kind, seed: number, actions: readonly Action[]): ReadonlySet<string> => {
  const world = new World(kinds);
  const random = seeded(seed);
  const id = begin(world, kind, random);
  const met = new Set<string>([world.matter(id).state]);
  for (const action of actions) {
    const previous = frozen(world.matter(id));
    const events = world.events.length;
    const code = act(world, id, action);
    const matter = world.matter(id);
    if (code !== null) {
      assert.ok(Object.hasOwn(CODES, code), `K9: ${code} is a code of the catalogue`);
      assert.equal(matter, previous, 'K9: a refused command changes nothing');
      assert.equal(world.events.length, events, 'K9: a refused command leaves no event');
    }
    for (const key of dueClocks(matter, world.now)) assert.equal(world.fire(id, key), null);
    assertSound(kind, matter);
    if (action.sort !== 'wait') assertMoved(kind, previous, matter);
    met.add(matter.state);
  }
  assertLedger(world, kind);
  assert.ok(
    closeSomehow(kind, world.matter(id), world.now, random),
    `K6: ${world.matter(id).state} can still be closed`,
  );
  return met;
};

/** The ledger alone makes the same matters again, read back from its text, and no clock fired twice. */
const assertLedger = (world: World, kind: Kind): void => {
  assert.deepEqual(
    JSON.parse(JSON.stringify(world.events)),
    world.events,
    'K8: events read back from their text are the same',
  );
  for (const matter of world.matters.values())
    assert.deepEqual(world.rebuilt(matter.id), matter, 'K8: incremental equals rebuilt');
  for (const event of world.events) assertStep(world.kind(event.kind), event);
  const fired = new Set<string>();
  const started = new Map<string, number>();
  for (const event of world.events) {
    const body = event.body as {
      readonly clock?: string;
      readonly start?: Readonly<Record<string, { readonly since: number }>>;
    };
    if (event.type === 'fired') {
      const perLevel = kind.clocks[body.clock?.split('@')[0] ?? '']?.per_level === true;
      const run = `${event.matter} ${body.clock} ${perLevel ? '' : started.get(`${event.matter} ${body.clock}`)}`;
      assert.ok(!fired.has(run), `C4: clock ${run} fires once`);
      fired.add(run);
    }
    for (const key of Object.keys(body.start ?? {})) started.set(`${event.matter} ${key}`, event.seq);
  }
};

describe('every kind', () => {
  before(() => assert.ok(kinds.size > 0, 'there are kinds'));

  for (const kind of kinds.values()) {
    test(`K1 ${kind.id}: the declaration holds together`, () => {
      assert.deepEqual(checkKind(kind, [...kinds.values()], Object.keys(ROLES)), []);
    });

    test(`K2–K9, C1, C4 ${kind.id}: ${WALKS_PER_KIND} random walks break no rule and meet every state`, () => {
      const met = new Set<string>();
      const walked = fc.property(
        fc.nat(),
        fc.array(ACTION, { maxLength: ACTIONS_MAX, size: 'max' }),
        (seed, actions) => {
          for (const state of walk(kind, seed, actions)) met.add(state);
        },
      );
      fc.assert(walked, { numRuns: WALKS_PER_KIND });
      assert.deepEqual([...met].sort(), Object.keys(kind.states).sort(), 'the walks met every state');
    });

    test(`K9 ${kind.id}: raising with anything at all is an event or a coded refusal`, () => {
      const raised = fc.property(fc.nat(), (seed) => {
        const random = seeded(seed);
        const world = new World(kinds);
        const actor = random() < 0.7 ? actorOf('dispatcher') : anyActor(random, null);
        const result = world.raise(kind.id, badFacts(random, kind, kind.raise.takes), actor);
        assert.equal(world.events.length, result.ok ? 1 : 0);
        assert.ok(result.ok || Object.hasOwn(CODES, result.error.code));
        if (result.ok) assert.deepEqual(JSON.parse(JSON.stringify(world.events)), world.events);
      });
      fc.assert(raised, { numRuns: WALKS_PER_KIND });
    });

    test(`A1 ${kind.id}: nobody without a role may do anything`, () => {
      const world = new World(kinds);
      const random = seeded(between(seeded(7), 1, 1000));
      const id = begin(world, kind, random);
      const nobody = { ...actorOf('nobody'), roles: [], units: UNITS };
      for (const [name, step] of Object.entries(kind.steps)) {
        const result = world.step(id, name, nobody, goodFacts(random, kind, step.takes), 'ptu-1');
        assert.equal(result.ok ? null : result.error.code, 'forbidden');
      }
    });
  }
});
