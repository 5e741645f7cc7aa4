import { between, seeded } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';
import { Exchange } from '#sites/exchange.ts';
import { heal, strike } from './faults.ts';
import type { ExchangeClass } from './node.ts';
import type { Violation } from './truth.ts';
import { World } from './world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** After healing everything must be in order within this: longer than the longest wait for an answer. */
const SETTLE_MS = 30 * 60_000;
/** Commands of a site in a day, at most; each makes a few events. */
const COMMANDS_DAY_MAX = 40;
const FAULTS_DAY_MAX = 8;
/** Commands of a site in the first moments after a healing. */
const COMMANDS_HEALING = 5;
const HEALING_MS = 2000;
/** Then an archipelago has had its share of forks, and another one begins. */
const WORLD_DAYS = 20;

/** What came of a simulation. */
export interface Simulated {
  readonly seed: number;
  readonly days: number;
  readonly events: number;
  readonly messages: number;
  readonly faults: number;
  /** Ledgers that were really signed twice. */
  readonly forks: number;
  /** Empty when all held. */
  readonly violations: readonly Violation[];
}

/**
 * Archipelagos for some days: commands everywhere, a day of trouble, healing, and again. The same seed gives the same course.
 * @param make the exchange to be tried; the real one unless told
 */
export const simulate = (seed: number, days: number, make: ExchangeClass = Exchange): Simulated => {
  const random = seeded(seed);
  let sum: Simulated = { seed, days: 0, events: 0, messages: 0, faults: 0, forks: 0, violations: [] };
  while (sum.days < days && sum.violations.length === 0) {
    const world = new World(make, random);
    for (let day = 0; day < WORLD_DAYS && sum.days < days && world.truth.violations.length === 0; day += 1) {
      sum = { ...sum, days: sum.days + 1, faults: sum.faults + playDay(world, random) };
    }
    const { events, messages, truth } = world;
    sum = {
      ...sum,
      events: sum.events + events,
      messages: sum.messages + messages,
      forks: sum.forks + truth.forked.size,
      violations: truth.violations,
    };
  }
  return sum;
};

/** @returns how much went wrong */
const playDay = (world: World, random: Random): number => {
  for (const node of world.nodes) {
    for (let count = between(random, 1, COMMANDS_DAY_MAX); count > 0; count -= 1)
      world.after(between(random, 0, DAY_MS - SETTLE_MS - 1000), () => world.write(node, between(random, 1, 5)));
  }
  const faults = between(random, 0, FAULTS_DAY_MAX);
  for (let count = faults; count > 0; count -= 1)
    world.after(between(random, 0, DAY_MS - 7 * HOUR_MS), () => strike(world));
  world.run(DAY_MS - SETTLE_MS);
  heal(world);
  // People do not wait for links to come back.
  for (const node of world.nodes)
    for (let count = 0; count < COMMANDS_HEALING; count += 1)
      world.after(between(random, 0, HEALING_MS), () => world.write(node, 1));
  world.run(SETTLE_MS);
  world.truth.settled(world.nodes);
  return faults;
};
