import type { LonLat } from '#core/base/geo.ts';
import { instant } from '#core/base/instant.ts';
import type { Conditions } from '../conditions/conditions.ts';
import { CALM } from '../conditions/conditions.ts';
import { causesShut } from '../conditions/windows.ts';
import type { Passage } from '../conditions/windows.ts';
import { clockWords } from '../conditions/words.ts';
import type { TravelProfile } from '../profiles.ts';
import { holds, toArea } from '../sea/areas.ts';
import type { Journey, Leg, NoWay, Traveller, When } from '../spi.ts';
import { goneOver } from './closed.ts';
import type { Engine } from './engine.ts';
import { tooFar } from './flights.ts';
import { waterNear } from './plan.ts';
import { MOORED_M } from './sailings.ts';
import { Search } from './search.ts';
import type { Found } from './found.ts';
import { trace } from './trace.ts';
import { inNoFly, noDeparture, noWay, outOfRange, shutOf } from './why.ts';
import { FAR_MS, NEAR_MS } from './world.ts';

/** Something on a way, and when it is gone over. */
interface Crossed {
  readonly passage: Passage;
  readonly at: number;
}

/** Why travellers do not get to a place: asked again with everything open, and what then would be used is looked at. */
export class Reasons {
  readonly #engine: Engine;
  readonly #conditions: Conditions;
  readonly #to: LonLat;
  readonly #when: When;
  readonly #open: Search;
  readonly #real: Search;

  constructor(engine: Engine, conditions: Conditions, to: LonLat, when: When) {
    this.#engine = engine;
    this.#conditions = conditions;
    this.#to = to;
    this.#when = when;
    this.#open = new Search(engine, CALM, to);
    this.#real = new Search(engine, conditions, to);
  }

  of(traveller: Traveller): NoWay {
    const found = this.#open.find(this.#engine.ground.crowd([traveller]), this.#when).found(0);
    if (found !== null) return this.#detour(traveller, found) ?? this.#shut(found);
    return this.#later(traveller) ?? this.#never(traveller);
  }

  /** Round what may not be flown through now it is too far. */
  #detour(traveller: Traveller, { party, at, way }: Found): NoWay | null {
    const [profile] = party.profiles as readonly [TravelProfile];
    if (way.by !== 'air') return null;
    const { plan } = this.#real.party(this.#engine.ground.crowd([traveller]), at, at);
    const far = tooFar(plan, traveller, profile, way.craft);
    return far === null ? null : outOfRange(far.needs_m, far.range_m);
  }

  /** There is a way when all is open: everything on it that is not. */
  #shut({ party, way, at, i }: Found): NoWay {
    const journey = trace(party, i, way, at);
    const ready = at + (party.travellers[i]?.turnout_s ?? 0) * 1000;
    const own: readonly Crossed[] = 'passage' in way ? [{ passage: way.passage, at: way.depart }] : [];
    const crossed = [...own, ...journey.legs.flatMap((leg) => this.#crossed(leg, ready))];
    return shutOf(crossed.flatMap((one) => causesShut(one.passage, this.#conditions, one.at)));
  }

  /** Ways, lines and areas of a leg. Roads and areas count as they are when one leaves. */
  #crossed(leg: Leg, ready: number): readonly Crossed[] {
    const { ground } = this.#engine;
    const found = goneOver(ground, leg).map((passage): Crossed => ({ passage, at: ready }));
    return leg.mode === 'ferry' ? [...this.#line(leg), ...found] : found;
  }

  #line(leg: Leg): readonly Crossed[] {
    const { ground } = this.#engine;
    const [line, ...rest] = leg.refs;
    const hubs = rest.filter((id) => ground.has(id));
    const [from, to = from] = hubs;
    if (line === undefined || from === undefined || to === undefined || ground.wayNumbers.has(line)) return [];
    const trips = rest.filter((id) => !ground.has(id));
    const start = 'leave_at' in this.#when ? this.#when.leave_at : this.#when.arrive_by;
    const { windows } = this.#engine.world(this.#conditions, start, start, NEAR_MS);
    const passage = windows.passage(line, from, to, trips, leg.duration_s);
    return [{ passage, at: leg.start }];
  }

  /** Does something depart on a day that is not looked at any more? */
  #later(traveller: Traveller): NoWay | null {
    if (this.#engine.ground.place.timetable.lines.length === 0) return null;
    const end = 'leave_at' in this.#when ? this.#when.leave_at + FAR_MS : this.#when.arrive_by;
    const found = this.#open.find(this.#engine.ground.crowd([traveller]), { leave_at: instant(end) }).found(0);
    if (found === null) return null;
    return noDeparture(clockWords(departureOf(trace(found.party, found.i, found.way, found.at))));
  }

  #never(traveller: Traveller): NoWay {
    const at = 'leave_at' in this.#when ? this.#when.leave_at : this.#when.arrive_by;
    const party = this.#open.party(this.#engine.ground.crowd([traveller]), at, at);
    const [profile] = party.profiles as readonly [TravelProfile];
    const { ground, world } = party.plan;
    const foot = world.hubRoads('foot').metric;
    for (const move of profile.moves) {
      if (move.by === 'air') {
        const far = tooFar(party.plan, traveller, profile, move.craft);
        if (far !== null) return outOfRange(far.needs_m, far.range_m);
        const shut = ground.place.areas.find(
          (area) => area.of === 'air' && area.always && holds(toArea(area.id, area.rings), this.#to),
        );
        return shut === undefined ? noWay('no-landing') : inNoFly(shut.name);
      }
      if (move.by === 'boat') {
        const from = waterNear(world, traveller.at, move.boat);
        if (from === null || from.walk_m > MOORED_M) return noWay('off-network');
        return party.plan.water(move.boat) === null ? noWay('no-landing') : noWay('no-connection');
      }
    }
    const start = party.climbOf(0, 'foot')?.points ?? ground.place.roads.snap(traveller.at, foot);
    const end = party.plan.roadEnd('foot').points;
    return start.length === 0 || end.length === 0 ? noWay('off-network') : noWay('no-connection');
  }
}

const departureOf = ({ legs, start }: Journey): number => legs.find((leg) => leg.mode === 'ferry')?.start ?? start;
