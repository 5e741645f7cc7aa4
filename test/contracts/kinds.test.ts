import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { between, seeded } from '#core/base/random.ts';
import { checkKind } from '#core/matter/check.ts';
import { ROLES } from '#kinds/roles.ts';
import { loadKinds } from '#rim/kinds-loader.ts';
import { CODES } from './sound.ts';
import { UNITS, anyActor, badFacts, goodFacts } from './walk-gen.ts';
import { World, actorOf } from './walk.ts';
import { ACTION, begin, walk } from './walking.ts';

/** The one suite over all kinds. A kind that is added is walked without a line here. */
const WALKS_PER_KIND = 2000;
const ACTIONS_MAX = 40;

const kinds = await loadKinds();

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
          for (const state of walk(kinds, kind, seed, actions)) met.add(state);
        },
      );
      fc.assert(walked, { numRuns: WALKS_PER_KIND });
      assert.deepEqual([...met].sort(), Object.keys(kind.states).sort(), 'the walks met every state');
    });

    test(`K9 ${kind.id}: raising with anything at all is an event or a coded refusal`, () => {
      const raised = fc.property(fc.nat(), (seed) => {
        const random = seeded(seed);
        const world = new World(kinds);
        const actor = random() < 0.7 ? actorOf('dispatcher') : anyActor(random, kind, null);
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
