import type { LonLat } from '#core/base/geo.ts';
import { instant } from '#core/base/instant.ts';
import type { Conditions } from '../conditions/conditions.ts';
import { CALM } from '../conditions/conditions.ts';
import type { Passage } from '../conditions/windows.ts';
import { clockWords } from '../conditions/words.ts';
import type { TravelProfile } from '../profiles.ts';
import type { Journey, NoWay, Traveller, When } from '../spi.ts';
import type { Engine } from './engine.ts';
import type { Party, Way } from './party.ts';
import { Plan, waterNear } from './plan.ts';
import { MOORED_M } from './sailings.ts';
import { trace } from './trace.ts';
import { noDeparture, noWay, whyNot } from './why.ts';

/** How many days ahead a departure is looked for. */
const DAYS = 7;
const DAY_MS = 86_400_000;

/** Why travellers do not get to a place: asked again with everything open, and what then would be used is looked at. */
export class Reasons {
  readonly #engine: Engine;
  readonly #conditions: Conditions;
  readonly #to: LonLat;
  readonly #at: number;
  /** With everything open, by the moment. */
  readonly #plans = new Map<number, Plan>();

  constructor(engine: Engine, conditions: Conditions, to: LonLat, when: When) {
    this.#engine = engine;
    this.#conditions = conditions;
    this.#to = to;
    this.#at = 'leave_at' in when ? when.leave_at : Math.max(0, when.arrive_by - DAY_MS);
  }

  of(traveller: Traveller): NoWay {
    const party = this.#party(traveller, this.#at);
    const way = party.best(0, this.#at);
    if (way !== null) return this.#shut(party, way);
    return this.#later(traveller) ?? this.#never(party, traveller);
  }

  #party(traveller: Traveller, at: number): Party {
    const plan = this.#plans.get(at) ?? new Plan(this.#engine.world(CALM, at, at), this.#to, at);
    this.#plans.set(at, plan);
    return this.#engine.partyOn(plan, [traveller]);
  }

  /** There is a way when all is open: the first thing on it that is not. */
  #shut(party: Party, way: Way): NoWay {
    const journey = trace(party, 0, way, this.#at);
    if ('passage' in way) return whyNot([way.passage, ...this.#ways(journey)], this.#conditions, way.depart);
    const passages = journey.legs
      .filter((leg) => leg.mode === 'ferry')
      .flatMap((leg) => {
        const [line, ...rest] = leg.refs;
        const hubs = rest.filter((id) => this.#engine.ground.has(id));
        const trips = rest.filter((id) => !this.#engine.ground.has(id));
        const [from, to] = [hubs[0], hubs[1] ?? hubs[0]];
        if (line === undefined || from === undefined || to === undefined) return [];
        const windows = party.plan.world.windows;
        return [{ at: leg.start, passage: windows.passage(line, from, to, trips, leg.duration_s) }];
      });
    for (const { at, passage } of passages) {
      const why = whyNot([passage], this.#conditions, at);
      if (why.code !== 'closed' || isNamed(passage, this.#conditions, at)) return why;
    }
    return whyNot(this.#ways(journey), this.#conditions, this.#at);
  }

  #ways(journey: Journey): readonly Passage[] {
    const { ground } = this.#engine;
    return journey.legs.flatMap((leg) =>
      leg.refs.filter((id) => ground.wayIds.has(id)).map((id) => ground.wayPassage(id)),
    );
  }

  /** Does something depart on a later day? */
  #later(traveller: Traveller): NoWay | null {
    const { ground } = this.#engine;
    if (ground.place.timetable.lines.length === 0) return null;
    for (let day = 1; day <= DAYS; day += 1) {
      const at = instant(this.#at + day * DAY_MS);
      const party = this.#party(traveller, at);
      const way = party.best(0, at);
      if (way === null) continue;
      const ferry = trace(party, 0, way, at).legs.find((leg) => leg.mode === 'ferry');
      return noDeparture(clockWords(ferry?.start ?? at));
    }
    return null;
  }

  #never(party: Party, traveller: Traveller): NoWay {
    const [profile] = party.profiles as readonly [TravelProfile];
    const { ground, world } = party.plan;
    const { roads } = ground.place;
    const foot = world.hubRoads('foot').metric;
    for (const move of profile.moves) {
      if (move.by === 'air') {
        return this.#isFar(traveller, profile) ? noWay('out-of-range') : noWay('no-landing');
      }
      if (move.by === 'boat') {
        const from = waterNear(world, traveller.at, move.boat);
        if (from === null || from.walk_m > MOORED_M) return noWay('off-network');
        return party.plan.water(move.boat) === null ? noWay('no-landing') : noWay('no-connection');
      }
    }
    const stranded = (at: LonLat): boolean => roads.snap(at, foot).length === 0;
    return stranded(traveller.at) || stranded(this.#to) ? noWay('off-network') : noWay('no-connection');
  }

  #isFar(traveller: Traveller, profile: TravelProfile): boolean {
    const { skies } = this.#engine.ground.place;
    const range_m = Math.min(traveller.range_m ?? Infinity, profile.range_m ?? Infinity);
    const way = skies.way(traveller.at, this.#to, new Set());
    return way !== null && way.distance_m * 2 > range_m;
  }
}

const isNamed = (passage: Passage, conditions: Conditions, at: number): boolean =>
  conditions.closures.some(
    (one) => passage.ids.includes(one.what) && one.from <= at && (one.until === null || one.until > at),
  );
