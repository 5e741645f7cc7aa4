import type { LonLat } from '#core/base/geo.ts';
import { instant } from '#core/base/instant.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Conditions } from '../conditions/conditions.ts';
import { CALM } from '../conditions/conditions.ts';
import { whyShut } from '../conditions/windows.ts';
import type { Arrival, FreeBoat, Journey, Leg, NoWay, Travel, Traveller, WhatIf, When } from '../spi.ts';
import { isochrones } from './isochrone.ts';
import { lengthOf } from './lengths.ts';
import { Party } from './party.ts';
import type { Way } from './party.ts';
import { Ground } from './place.ts';
import type { TravelPlace } from './place.ts';
import { Plan } from './plan.ts';
import { Reasons } from './reasons.ts';
import { trace } from './trace.ts';
import { positionFault } from './why.ts';
import { closedAt, HORIZON_MS, hourOf, reopenings, supposing, World } from './world.ts';

/** A way found, when to leave for it, and in which world. */
export interface Found {
  readonly party: Party;
  readonly i: number;
  readonly way: Way;
  /** When it begins: after waiting for a road to open, later than asked. */
  readonly at: number;
}

/** Worlds kept, 3 MB each for a city like Zhoushan: the hour now and the next, one or two suppositions. */
const WORLDS = 4;
/** Worlds with everything open: now, and the days ahead on which something may depart. */
const CALM_WORLDS = 8;
/** Openings of roads waited for, at most. */
const OPENINGS = 4;
const PRECISION_MS = 1000;

/** A place made ready once; conditions come and go. */
export const prepareTravel = (place: TravelPlace): Ground => new Ground(place);

/**
 * Travel under conditions that hold from now on: make another when they change; what was learnt of the place stays, and what was
 * learnt under the same conditions too.
 * @param boats that would take others along
 */
export const createTravel = (ground: Ground, conditions: Conditions, boats: readonly FreeBoat[] = []): Travel => {
  const engine = new Engine(ground, conditions, boats);
  return {
    toPlace: (travellers, to, when, whatIf) => engine.arrivals(travellers, to, when, whatIf),
    matrix: (travellers, places, when, whatIf) => {
      const columns = places.map((to) => engine.arrivals(travellers, to, when, whatIf));
      return travellers.map((_, row) => columns.map((column) => column[row] as Arrival));
    },
    journey: (traveller, to, when, whatIf) => engine.journey(traveller, to, when, whatIf),
    alternatives: (traveller, to, when, whatIf) => engine.alternatives(traveller, to, when, whatIf),
    isochrone: (traveller, limits_s, when, whatIf) => {
      if (positionFault(traveller.at) !== null) return limits_s.map((limit_s) => ({ limit_s, polygons: [] }));
      const at = 'leave_at' in when ? when.leave_at : when.arrive_by;
      return isochrones(engine.world(supposing(conditions, whatIf), at, at), traveller, limits_s, at);
    },
    ready: (at) => engine.ready(at),
  };
};

/** The questions over worlds that are made when first needed. */
export class Engine {
  readonly ground: Ground;
  readonly conditions: Conditions;
  readonly #boats: readonly FreeBoat[];

  constructor(ground: Ground, conditions: Conditions, boats: readonly FreeBoat[]) {
    this.ground = ground;
    this.conditions = conditions;
    this.#boats = boats;
  }

  /** @param at when ways by line are asked from; @param closures the moment whose closures of roads and areas count */
  party(
    conditions: Conditions,
    from: number,
    closures: number,
    to: LonLat,
    at: number,
    travellers: readonly Traveller[],
  ): Party {
    return this.partyOn(new Plan(this.world(conditions, from, closures), to, at), travellers);
  }

  /** Travellers on a plan others were asked about before: what is known of the place is not worked out again. */
  partyOn(plan: Plan, travellers: readonly Traveller[]): Party {
    return new Party(plan, travellers, this.#boats);
  }

  /** @param from the first moment asked about; @param at when closures of roads and areas count */
  world(conditions: Conditions, from: number, at: number): World {
    const closed = closedAt(this.ground, conditions, at);
    // With everything open it is the same whatever the conditions are: why somebody does not get there is asked in that one.
    const [worlds, most] =
      conditions === CALM ? [this.ground.worlds(CALM), CALM_WORLDS] : [this.ground.worlds(this.conditions), WORLDS];
    const others = conditions === this.conditions ? '' : JSON.stringify(conditions.closures);
    const key = `${hourOf(from)}|${[...closed].toSorted().join(',')}|${others}|${conditions.areas.length}`;
    const world = worlds.get(key) ?? new World(this.ground, conditions, from, closed);
    // The one not asked for longest goes.
    worlds.delete(key);
    worlds.set(key, world);
    if (worlds.size > most) worlds.delete(worlds.keys().next().value as string);
    return world;
  }

  *ready(at: Instant): Generator<void> {
    yield* this.ground.ready();
    yield* this.world(this.conditions, at, at).ready();
    yield* this.world(CALM, at, at).ready();
  }

  arrivals(travellers: readonly Traveller[], to: LonLat, when: When, whatIf?: WhatIf): readonly Arrival[] {
    const fault = positionFault(to);
    if (fault !== null) return travellers.map(({ id }) => none(id, fault));
    const valid = travellers.filter((one) => positionFault(one.at) === null);
    const conditions = supposing(this.conditions, whatIf);
    const found = this.find(valid, to, when, conditions);
    const reasons = new Reasons(this, conditions, to, when);
    let next = 0;
    return travellers.map((one) => {
      const invalid = positionFault(one.at);
      if (invalid !== null) return none(one.id, invalid);
      const way = found[next] ?? null;
      next += 1;
      return way === null ? none(one.id, reasons.of(one)) : some(one.id, way, startOf(way, when));
    });
  }

  journey(traveller: Traveller, to: LonLat, when: When, whatIf?: WhatIf): Journey | NoWay {
    const fault = positionFault(to) ?? positionFault(traveller.at);
    if (fault !== null) return fault;
    const conditions = supposing(this.conditions, whatIf);
    const found = this.find([traveller], to, when, conditions)[0] ?? null;
    if (found === null) return new Reasons(this, conditions, to, when).of(traveller);
    return this.#journeyOf(found, startOf(found, when));
  }

  alternatives(traveller: Traveller, to: LonLat, when: When, whatIf?: WhatIf): readonly Journey[] {
    const best = this.journey(traveller, to, when, whatIf);
    if (!('legs' in best)) return [];
    const conditions = supposing(this.conditions, whatIf);
    const at = best.start;
    const party = this.party(conditions, at, at, to, at, [traveller]);
    const journeys = party
      .ways(0, at, true)
      .toSorted((a, b) => a.arrive - b.arrive)
      .map((way) => trace(party, 0, way, at));
    const kinds = new Map<string, Journey>([[kindOf(best), best]]);
    for (const one of journeys) if (!kinds.has(kindOf(one))) kinds.set(kindOf(one), one);
    return [...kinds.values()];
  }

  /** The soonest ways (leaving at), or those that leave last and are in time (arriving by), in the order of the travellers. */
  find(travellers: readonly Traveller[], to: LonLat, when: When, conditions: Conditions): readonly (Found | null)[] {
    if ('arrive_by' in when) return this.#inTime(travellers, to, when.arrive_by, conditions);
    const at = when.leave_at;
    const found = this.#leaving(travellers, to, at, conditions);
    for (const later of reopenings(this.ground, conditions, at).slice(0, OPENINGS)) {
      if (found.every((one) => one !== null && one.way.arrive <= later)) break;
      this.#leaving(travellers, to, later, conditions).forEach((one, i) => {
        const before = found[i] ?? null;
        if (one !== null && (before === null || one.way.arrive < before.way.arrive)) found[i] = one;
      });
    }
    return found;
  }

  #leaving(travellers: readonly Traveller[], to: LonLat, at: number, conditions: Conditions): (Found | null)[] {
    const party = this.party(conditions, at, at, to, at, travellers);
    return travellers.map((_, i) => {
      const way = party.best(i, at);
      return way === null ? null : { party, i, way, at };
    });
  }

  /** Leaving later never arrives earlier, so the last moment that is in time is found by halving. */
  #inTime(travellers: readonly Traveller[], to: LonLat, by: number, conditions: Conditions): readonly (Found | null)[] {
    const first = Math.max(0, by - HORIZON_MS);
    const party = this.party(conditions, first, by, to, first, travellers);
    return travellers.map((_, i) => {
      const isInTime = (at: number): boolean => at + whole_ms((party.best(i, at)?.arrive ?? Infinity) - at) <= by;
      if (!isInTime(first)) return null;
      let [good, late] = [first, by];
      while (late - good > PRECISION_MS) {
        const middle = Math.floor((good + late) / 2);
        if (isInTime(middle)) good = middle;
        else late = middle;
      }
      const way = party.best(i, good);
      return way === null ? null : { party, i, way, at: good };
    });
  }

  #journeyOf(found: Found, start: number): Journey {
    const journey = trace(found.party, found.i, found.way, found.at);
    if (found.at <= start) return journey;
    const arrive = journey.arrive;
    const wait = this.#openingWait(found, start);
    return {
      ...journey,
      start: instant(start),
      duration_s: Math.ceil((arrive - start) / 1000),
      legs: [wait, ...journey.legs],
    };
  }

  /** Waiting at the start until a road, bridge or area is open. */
  #openingWait(found: Found, start: number): Leg {
    const { travellers, plan } = found.party;
    const { at } = travellers[found.i] as Traveller;
    const { conditions } = plan.world;
    const now = closedAt(this.ground, conditions, start);
    const opened = [...now].filter((id) => !plan.world.closed.has(id)).toSorted();
    const words = opened.flatMap((id) => {
      const shut = whyShut(this.ground.wayPassage(id), conditions, start);
      return shut === null ? [] : [shut.words];
    });
    return {
      mode: 'wait',
      start: instant(start),
      arrive: instant(found.at),
      duration_s: (found.at - start) / 1000,
      distance_m: 0,
      from: at,
      to: at,
      line: [at, at],
      via: words,
      refs: opened,
      confidence: 'usual',
    };
  }
}

/** Answers are in whole seconds, rounded up. */
const whole_ms = (time_ms: number): number => Math.ceil(time_ms / 1000 - 1e-6) * 1000;

const startOf = (found: Found, when: When): number => ('leave_at' in when ? when.leave_at : found.at);

const none = (id: string, reason: NoWay): Arrival => ({ id, duration_s: null, distance_m: null, reason });

const some = (id: string, found: Found, start: number): Arrival => ({
  id,
  duration_s: whole_ms(found.way.arrive - start) / 1000,
  distance_m: Math.round(lengthOf(found.party, found.i, found.way)),
  reason: null,
});

/** Journeys are of one kind when the same boats, lines and aircraft carry them; how one gets to these makes no difference. */
const kindOf = (journey: Journey): string =>
  journey.legs
    .filter((leg) => leg.mode === 'ferry' || leg.mode === 'boat' || leg.mode === 'air')
    .map((leg) => `${leg.mode}:${leg.mode === 'air' ? '' : (leg.refs[0] ?? '')}`)
    .join('>');
