import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MatterId } from '#core/base/ids.ts';
import { pick, seeded } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';
import { dueClocks } from '#core/matter/clocks.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { Matter } from '#core/matter/matter.ts';
import { closeSomehow } from './close.ts';
import { CODES, assertLedger, assertMoved, assertSound } from './sound.ts';
import { UNITS, anyActor, badFacts, goodFacts, subjectsOf, suitedActor } from './walk-gen.ts';
import { World, actorOf, must } from './walk.ts';

/** What a walk does next; numbers choose, so that a failing walk shrinks to a short one. */
export interface Action {
  readonly sort: 'allowed' | 'any' | 'garbage' | 'wait' | 'fire' | 'later-type';
  readonly seed: number;
}
export const ACTION = fc.record<Action>({
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
  const actor = suitedActor(step.who, matter, subject) ?? anyActor(random, kind, matter);
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
  return world.step(matter.id, name, actor ?? anyActor(random, kind, matter), facts, pick(random, subjects));
};
export const begin = (world: World, kind: Kind, random: Random): MatterId =>
  must(
    world.raise(
      kind.id,
      goodFacts(random, kind, kind.raise.takes),
      suitedActor(kind.raise.who, null, null) ?? actorOf('commander'),
    ),
  );

/** One walk, checked at every step. Answers the states it met. */
export const walk = (
  kinds: ReadonlyMap<string, Kind>,
  kind: Kind,
  seed: number,
  actions: readonly Action[],
): ReadonlySet<string> => {
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
  assertLedger(world);
  assert.ok(
    closeSomehow(kind, world.matter(id), world.now, random),
    `K6: ${world.matter(id).state} can still be closed`,
  );
  return met;
};
