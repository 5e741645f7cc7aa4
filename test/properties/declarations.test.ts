import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { pick, seeded } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';
import { checkKind } from '#core/matter/check.ts';
import type { Kind, Step } from '#core/matter/kind.ts';
import { TOY, TOY_ROLES } from '../contracts/toy.ts';
import { ACTION, walk } from '../contracts/walking.ts';

const DECLARATIONS = 2000;
/** Of those, at least this many must be ones the check has nothing against, or the property says little. */
const SOUND_MIN = 200;

const STATES = Object.keys(TOY.states);
const OUTCOMES = Object.keys(TOY.outcomes);

/**
 * Only conditions on the state are drawn: whether one on levels, facts or parts can come to hold the check does not know.
 * One change to one step that moves the matter: where it may be taken, where it leads, what it decides, what it asks for. */
const changeStep = (random: Random, step: Step): Step => {
  const changes: readonly (() => Step)[] = [
    () => ({ ...step, from: pick<Step['from']>(random, ['open', '*', STATES.filter(() => random() < 0.5)]) }),
    () => ({ ...step, to: pick(random, STATES) }),
    () => ({ ...step, to: [{ when: { state: [pick(random, STATES)] }, to: pick(random, STATES) }] }),
    () => ({ ...step, outcome: pick(random, OUTCOMES) }),
    () => {
      const { outcome: _outcome, ...rest } = step;
      return rest;
    },
    () => {
      const { to: _to, ...rest } = step;
      return rest;
    },
  ];
  return pick(random, changes)();
};

/** The toy kind with a few of its ways drawn anew. */
const redrawn = (seed: number, changes: number): Kind => {
  const random = seeded(seed);
  const steps = { ...TOY.steps };
  const movable = Object.keys(steps).filter((name) => steps[name]?.part === undefined && steps[name]?.to !== undefined);
  for (let count = 0; count < changes; count += 1) {
    const name = pick(random, movable);
    const step = steps[name];
    if (step !== undefined) steps[name] = changeStep(random, step);
  }
  const fires = { ...TOY.clocks['total']?.fires, tells: [{ role: 'boss' }], to: pick(random, STATES) };
  const total = TOY.clocks['total'];
  return {
    ...TOY,
    steps,
    clocks: total === undefined || random() < 0.5 ? TOY.clocks : { ...TOY.clocks, total: { ...total, fires } },
  };
};

describe('K1 what the check accepts, the machine can run', () => {
  test(`K2–K9: ${DECLARATIONS} declarations drawn anew, those without a problem walked at random`, () => {
    let sound = 0;
    const runs = fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 4 }),
      fc.array(ACTION, { maxLength: 25, size: 'max' }),
      (seed, changes, actions) => {
        const kind = redrawn(seed, changes);
        if (checkKind(kind, [kind], TOY_ROLES).length > 0) return;
        sound += 1;
        walk(new Map([[kind.id, kind]]), kind, seed, actions);
      },
    );
    fc.assert(runs, { numRuns: DECLARATIONS });
    assert.ok(sound >= SOUND_MIN, `${sound} of ${DECLARATIONS} were sound`);
  });
});
