import type { LonLat } from '#core/base/geo.ts';
import { instant } from '#core/base/instant.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Conditions } from '../conditions/conditions.ts';
import { CALM } from '../conditions/conditions.ts';
import { whyShut } from '../conditions/windows.ts';
import type { Passage } from '../conditions/windows.ts';
import type { Arrival, FreeBoat, Isochrone, Journey, Leg, NoWay, Travel, Traveller, WhatIf, When } from '../spi.ts';
import { alternativesTo } from './alternatives.ts';
import { canBeClosed, closedAt, goneOver, reopenedBy, supposing } from './closed.ts';
import type { Crowd } from './crowd.ts';
import type { Found } from './found.ts';
import { isochrones } from './isochrone.ts';
import { answerable, bounded } from './moments.ts';
import { Party } from './party.ts';
import { Ground } from './place.ts';
import type { TravelPlace } from './place.ts';
import type { Plan } from './plan.ts';
import { Reasons } from './reasons.ts';
import { Search } from './search.ts';
import { trace } from './trace.ts';
import { positionFault } from './why.ts';
import { hourOf, NEAR_MS, World } from './world.ts';

/** Worlds kept, 3 MB each for a city like Zhoushan: this hour and the next, near and far, one or two suppositions. */
const WORLDS = 6;

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
    toPlace: (travellers, to, when, whatIf) => engine.arrivals(travellers, to, answerable(when), whatIf),
    matrix: (travellers, places, when, whatIf) => {
      const columns = places.map((to) => engine.arrivals(travellers, to, answerable(when), whatIf));
      return travellers.map((_, row) => columns.map((column) => column[row] as Arrival));
    },
    journey: (traveller, to, when, whatIf) => engine.journey(traveller, to, answerable(when), whatIf),
    alternatives: (traveller, to, when, whatIf) => engine.alternatives(traveller, to, answerable(when), whatIf),
    isochrone: (traveller, limits_s, when, whatIf) => engine.reach(traveller, limits_s, answerable(when), whatIf),
    ready: (at) => engine.ready(at),
    has: (id, at) => canBeClosed(ground, id, at),
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

  /** Travellers on a plan others were asked about before: what is known of the place is not worked out again. */
  partyOn(plan: Plan, crowd: Crowd): Party {
    return new Party(plan, crowd, this.#boats);
  }

  /** @param from the first moment asked about @param at when closures of roads and areas count */
  world(conditions: Conditions, from: number, at: number, ahead_ms: number): World {
    const closed = closedAt(this.ground, conditions, at);
    // With everything open it is the same whatever the conditions are.
    const worlds = this.ground.worlds(conditions === CALM ? CALM : this.conditions);
    const isPlain = conditions === this.conditions || conditions === CALM;
    const others = isPlain ? '' : JSON.stringify(conditions.closures);
    const key = `${hourOf(from)}|${ahead_ms}|${[...closed].toSorted().join(',')}|${others}`;
    const world = worlds.get(key) ?? new World(this.ground, conditions, from, closed, ahead_ms);
    // The one not asked for longest goes.
    worlds.delete(key);
    worlds.set(key, world);
    if (worlds.size > WORLDS) worlds.delete(worlds.keys().next().value as string);
    return world;
  }

  /** Makes, a piece at a turn, what questions about a moment would otherwise make. */
  *ready(at: Instant): Generator<void> {
    yield* this.ground.ready();
    yield* this.world(this.conditions, at, at, NEAR_MS).ready();
    yield* this.world(CALM, at, at, NEAR_MS).ready();
  }

  arrivals(travellers: readonly Traveller[], to: LonLat, when: When, whatIf?: WhatIf): readonly Arrival[] {
    const fault = positionFault(to);
    if (fault !== null) return travellers.map(({ id }) => none(id, fault));
    this.ground.standings.makeRoom();
    const crowd = this.ground.crowd(travellers);
    const conditions = supposing(this.conditions, whatIf);
    const finding = new Search(this, conditions, to).find(crowd, when);
    const reasons = new Reasons(this, conditions, to, when);
    let next = 0;
    return travellers.map((one, i) => {
      const invalid = crowd.faults[i] ?? null;
      if (invalid !== null) return none(one.id, invalid);
      const arrival = finding.arrival(next, one.id);
      next += 1;
      return arrival ?? none(one.id, reasons.of(one));
    });
  }

  journey(traveller: Traveller, to: LonLat, when: When, whatIf?: WhatIf): Journey | NoWay {
    const fault = positionFault(to) ?? positionFault(traveller.at);
    if (fault !== null) return fault;
    this.ground.standings.makeRoom();
    const conditions = supposing(this.conditions, whatIf);
    const found = new Search(this, conditions, to).find(this.ground.crowd([traveller]), when).found(0);
    if (found === null) return new Reasons(this, conditions, to, when).of(traveller);
    return this.#journeyOf(found, 'leave_at' in when ? when.leave_at : found.at);
  }

  alternatives(traveller: Traveller, to: LonLat, when: When, whatIf?: WhatIf): readonly Journey[] {
    const best = this.journey(traveller, to, when, whatIf);
    if (!('legs' in best)) return [];
    const search = new Search(this, supposing(this.conditions, whatIf), to);
    return alternativesTo(best, search, this.ground.crowd([traveller]), when);
  }

  /** Within each limit of leaving at a moment; or of being there by one, having left so long before. */
  reach(traveller: Traveller, limits_s: readonly number[], when: When, whatIf?: WhatIf): readonly Isochrone[] {
    if (positionFault(traveller.at) !== null) return limits_s.map((limit_s) => ({ limit_s, polygons: [] }));
    const conditions = supposing(this.conditions, whatIf);
    const from = (at: number, limits: readonly number[]): readonly Isochrone[] => {
      const world = this.world(conditions, at, at + traveller.turnout_s * 1000, NEAR_MS);
      return isochrones(world, traveller, limits, at);
    };
    if ('leave_at' in when) return from(when.leave_at, limits_s);
    return limits_s
      .toSorted((a, b) => a - b)
      .flatMap((limit_s) => from(bounded(when.arrive_by - limit_s * 1000), [limit_s]));
  }

  #journeyOf(found: Found, start: number): Journey {
    const journey = trace(found.party, found.i, found.way, found.at, start);
    if (found.at <= start) return journey;
    const wait = this.#openingWait(found, start, journey);
    return {
      ...journey,
      start: instant(start),
      duration_s: (journey.arrive - start) / 1000,
      legs: [wait, ...journey.legs],
    };
  }

  /** Waiting at the start until a road, bridge or area is open. */
  #openingWait(found: Found, start: number, journey: Journey): Leg {
    const { travellers, plan } = found.party;
    const { at, turnout_s } = travellers[found.i] as Traveller;
    const { conditions } = plan.world;
    const ready = start + turnout_s * 1000;
    const closed = (passages: readonly Passage[]) =>
      passages.flatMap((passage) => {
        const why = whyShut(passage, conditions, ready);
        return why === null ? [] : [{ ids: passage.ids, words: why.words }];
      });
    // What the way needs, of all that is closed meanwhile; where nothing of that can be seen from its legs, what it waited for.
    const needed = closed(journey.legs.flatMap((leg) => goneOver(this.ground, leg)));
    const leaves = found.at + turnout_s * 1000;
    const shut = needed.length > 0 ? needed : closed(reopenedBy(this.ground, conditions, ready, leaves));
    const words = new Map(shut.map((one) => [one.words.en, one.words]));
    return {
      mode: 'wait',
      start: instant(start),
      arrive: instant(found.at),
      duration_s: (found.at - start) / 1000,
      distance_m: 0,
      from: at,
      to: at,
      line: [at, at],
      via: [...words.values()],
      refs: [...new Set(shut.flatMap((one) => one.ids))],
      confidence: 'usual',
    };
  }
}

const none = (id: string, reason: NoWay): Arrival => ({ id, duration_s: null, distance_m: null, reason });
