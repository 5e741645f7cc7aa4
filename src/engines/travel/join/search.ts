import type { LonLat } from '#core/base/geo.ts';
import type { Conditions } from '../conditions/conditions.ts';
import type { Traveller, When } from '../spi.ts';
import { changes, reopenings } from './closed.ts';
import type { Engine } from './engine.ts';
import type { Party, Way } from './party.ts';
import { Plan } from './plan.ts';
import { whole_ms } from './trace.ts';
import { FAR_MS, NEAR_MS } from './world.ts';
import type { World } from './world.ts';

/** A way found, when to leave for it, and in which world. */
export interface Found {
  readonly party: Party;
  readonly i: number;
  readonly way: Way;
  /** When it begins: after waiting for a road to open, later than asked. */
  readonly at: number;
}

/** Moments at which something opens or closes that are looked at, at most: each is a world of its own. */
const MOMENTS = 24;
const PRECISION_MS = 1000;

/** Ways to one place under given conditions. What is worked out for the place serves every traveller and moment. */
export class Search {
  readonly #engine: Engine;
  readonly #conditions: Conditions;
  readonly #to: LonLat;
  readonly #plans = new Map<World, Plan>();

  constructor(engine: Engine, conditions: Conditions, to: LonLat) {
    this.#engine = engine;
    this.#conditions = conditions;
    this.#to = to;
  }

  /**
   * The soonest ways (leaving at), or those that leave last and are in time (arriving by), in the order of the travellers. First two days are
   * looked at; further only for those whose answer is not certain then. Roads and areas count as they are when somebody has turned out.
   */
  find(travellers: readonly Traveller[], when: When): readonly (Found | null)[] {
    const found: (Found | null)[] = travellers.map(() => null);
    const groups = Map.groupBy(travellers.keys(), (i) => travellers[i]?.turnout_s ?? 0);
    for (const [turnout_s, who] of groups) {
      const group = who.map((i) => travellers[i] as Traveller);
      const ways =
        'arrive_by' in when
          ? this.#inTime(group, turnout_s * 1000, when.arrive_by)
          : this.#leaving(group, turnout_s * 1000, when.leave_at);
      who.forEach((i, place) => {
        found[i] = ways[place] ?? null;
      });
    }
    return found;
  }

  /** @param at the order @param closures when closures of roads and areas count */
  party(travellers: readonly Traveller[], at: number, closures: number, ahead_ms: number = NEAR_MS): Party {
    const world = this.#engine.world(this.#conditions, at, closures, ahead_ms);
    const plan = this.#plans.get(world) ?? new Plan(world, this.#to);
    this.#plans.set(world, plan);
    return this.#engine.partyOn(plan, travellers);
  }

  #leaving(travellers: readonly Traveller[], turnout_ms: number, at: number): readonly (Found | null)[] {
    const { ground } = this.#engine;
    const ready = at + turnout_ms;
    const moments = [ready, ...reopenings(ground, this.#conditions, ready, FAR_MS).slice(0, MOMENTS)];
    const best: (Found | null)[] = travellers.map(() => null);
    const ask = (moment: number, ahead_ms: number, isUnsure: (found: Found | null) => boolean): void => {
      const who = travellers.flatMap((_, i) => (isUnsure(best[i] ?? null) ? [i] : []));
      if (who.length === 0) return;
      const group = who.map((i) => travellers[i] as Traveller);
      const order = moment - turnout_ms;
      const party = this.party(group, order, moment, ahead_ms);
      who.forEach((i, place) => {
        const way = party.best(place, order);
        const before = best[i] ?? null;
        if (way !== null && (before === null || way.arrive < before.way.arrive))
          best[i] = { party, i: place, way, at: order };
      });
    };
    for (const moment of moments) ask(moment, NEAR_MS, (found) => found === null || found.way.arrive > moment);
    // What arrives within the span of a world is the soonest of all that leave then; later ones may be beaten by what leaves after its end.
    for (const moment of moments)
      ask(moment, FAR_MS, (found) => found === null || found.way.arrive > moment - turnout_ms + NEAR_MS);
    return best;
  }

  /**
   * Leaving later never arrives earlier, so the last moment that is in time is found by halving; between two moments at which something is closed or
   * opened, the later ones first.
   */
  #inTime(travellers: readonly Traveller[], turnout_ms: number, by: number): readonly (Found | null)[] {
    const found: (Found | null)[] = travellers.map(() => null);
    let until = by;
    for (const ahead_ms of [NEAR_MS, FAR_MS]) {
      const first = Math.max(0, by - ahead_ms);
      const begins = [
        first,
        ...changes(this.#engine.ground, this.#conditions, first + turnout_ms, until + turnout_ms - 1).map(
          (moment) => moment - turnout_ms,
        ),
      ].toReversed();
      for (const begin of begins.slice(0, MOMENTS)) {
        if (found.every((one) => one !== null)) return found;
        const end = until;
        const party = this.party(travellers, first, begin + turnout_ms, ahead_ms);
        travellers.forEach((_, i) => {
          found[i] ??= lastInTime(party, i, begin, end, by);
        });
        until = begin;
      }
    }
    return found;
  }
}

/** The way that leaves last in `[begin, end)` and is in time; null when even the first is not. */
const lastInTime = (party: Party, i: number, begin: number, end: number, by: number): Found | null => {
  const isInTime = (at: number): boolean => at + whole_ms((party.best(i, at)?.arrive ?? Infinity) - at) <= by;
  if (begin > end || !isInTime(begin)) return null;
  let [good, late] = [begin, end];
  while (late - good > PRECISION_MS) {
    const middle = Math.floor((good + late) / 2);
    if (isInTime(middle)) good = middle;
    else late = middle;
  }
  const way = party.best(i, good);
  return way === null ? null : { party, i, way, at: good };
};
