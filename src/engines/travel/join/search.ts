import type { LonLat } from '#core/base/geo.ts';
import type { Conditions } from '../conditions/conditions.ts';
import type { When } from '../spi.ts';
import { changes, reopenings } from './closed.ts';
import type { Crowd } from './crowd.ts';
import { ROUNDING_MS } from './driven.ts';
import type { Engine } from './engine.ts';
import { leavingAt, listed, withOthers } from './found.ts';
import type { Finding, Found } from './found.ts';
import type { Party, Way } from './party.ts';
import { Plan } from './plan.ts';
import { whole_ms } from './trace.ts';
import { FAR_MS, NEAR_MS } from './world.ts';
import type { World } from './world.ts';

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
   * The soonest ways (leaving at), or those that leave last and are in time (arriving by). First two days are looked at; further only for
   * those whose answer is not certain then. Roads and areas count as they are when somebody has turned out.
   */
  find(crowd: Crowd, when: When): Finding {
    const findings = crowd.turnouts.map(({ turnout_s, crowd: group }) =>
      'arrive_by' in when
        ? listed(this.#inTime(group, turnout_s * 1000, when.arrive_by), null)
        : this.#leaving(group, turnout_s * 1000, when.leave_at),
    );
    const [only = NOBODY] = findings;
    return findings.length <= 1 ? only : joined(crowd, findings);
  }

  /** @param at the order @param closures when closures of roads and areas count */
  party(crowd: Crowd, at: number, closures: number, ahead_ms: number = NEAR_MS): Party {
    const world = this.#engine.world(this.#conditions, at, closures, ahead_ms);
    const plan = this.#plans.get(world) ?? new Plan(world, this.#to);
    this.#plans.set(world, plan);
    return this.#engine.partyOn(plan, crowd);
  }

  #leaving(crowd: Crowd, turnout_ms: number, at: number): Finding {
    const ready = at + turnout_ms;
    const first = leavingAt(this.party(crowd, at, ready), at);
    const later = reopenings(this.#engine.ground, this.#conditions, ready, FAR_MS).slice(0, MOMENTS - 1);
    const others = new Map<number, Found>();
    /** Of two that arrive together the one that leaves first: what it waits for is said where it is waited for. */
    const isSooner = (arrive: number, order: number, i: number): boolean => {
      const known = others.get(i);
      const margin_ms = known !== undefined && order < known.at ? ROUNDING_MS : 0;
      return arrive < (known?.way.arrive ?? first.arriveOf(i)) + margin_ms;
    };
    /** Those whose arrival so far is later than that, asked about leaving at a moment. */
    const ask = (moment: number, ahead_ms: number, certain: number): void => {
      const arriveOf = (i: number): number => others.get(i)?.way.arrive ?? first.arriveOf(i);
      const who: number[] = [];
      for (let i = 0; i < crowd.travellers.length; i += 1) if (arriveOf(i) > certain) who.push(i);
      if (who.length === 0) return;
      const group = who.length === crowd.travellers.length ? crowd : crowd.only(who);
      const order = moment - turnout_ms;
      const party = this.party(group, order, moment, ahead_ms);
      who.forEach((i, place) => {
        const way = party.best(place, order);
        if (way !== null && isSooner(way.arrive, order, i)) others.set(i, { party, i: place, way, at: order });
      });
    };
    for (const moment of later) ask(moment, NEAR_MS, moment);
    // What arrives within the span of a world is the soonest of all that leave then; later ones may be beaten by what leaves after its end.
    for (const moment of [ready, ...later]) ask(moment, FAR_MS, moment - turnout_ms + NEAR_MS);
    return others.size === 0 ? first : withOthers(first, others, at);
  }

  /**
   * Leaving later never arrives earlier, so the last moment that is in time is found by halving; between two moments at which something is closed or
   * opened, the later ones first.
   */
  #inTime(crowd: Crowd, turnout_ms: number, by: number): readonly (Found | null)[] {
    const found: (Found | null)[] = crowd.travellers.map(() => null);
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
        const party = this.party(crowd, first, begin + turnout_ms, ahead_ms);
        crowd.travellers.forEach((_, i) => {
          found[i] ??= lastInTime(party, i, begin, end, by, (at) => party.best(i, at));
        });
        until = begin;
      }
    }
    return found;
  }

  /** A traveller in the days before a moment it leaves at, as far back as nothing on land or at sea opens or closes. */
  before(crowd: Crowd, turnout_ms: number, at: number, by: number): { readonly party: Party; readonly begin: number } {
    const ready = at + turnout_ms;
    const first = Math.max(0, Math.min(by - NEAR_MS, at));
    const last = changes(this.#engine.ground, this.#conditions, first + turnout_ms, ready).at(-1);
    const begin = last === undefined ? first : last - turnout_ms;
    const ahead_ms = by - first > NEAR_MS ? FAR_MS : NEAR_MS;
    return { party: this.party(crowd, first, ready, ahead_ms), begin };
  }
}

const NOBODY: Finding = listed([], null);

/** What was found for those of each turnout, by their numbers in the crowd. */
const joined = (crowd: Crowd, findings: readonly Finding[]): Finding => {
  const group = new Int32Array(crowd.travellers.length);
  const place = new Int32Array(crowd.travellers.length);
  for (const [number, { who }] of crowd.turnouts.entries()) {
    for (const [at, i] of who.entries()) {
      group[i] = number;
      place[i] = at;
    }
  }
  const of = (i: number): Finding => findings[group[i] as number] ?? NOBODY;
  return { found: (i) => of(i).found(place[i] as number), arrival: (i, id) => of(i).arrival(place[i] as number, id) };
};

/** The way that leaves last in `[begin, end)` and is in time; null when even the first is not. @param soonest of one that leaves at a moment */
export const lastInTime = (
  party: Party,
  i: number,
  begin: number,
  end: number,
  by: number,
  soonest: (at: number) => Way | null,
): Found | null => {
  const isInTime = (at: number): boolean => at + whole_ms((soonest(at)?.arrive ?? Infinity) - at) <= by;
  if (begin > end || !isInTime(begin)) return null;
  let [good, late] = [begin, end];
  while (late - good > PRECISION_MS) {
    const middle = Math.floor((good + late) / 2);
    if (isInTime(middle)) good = middle;
    else late = middle;
  }
  const way = soonest(good);
  return way === null ? null : { party, i, way, at: good };
};
