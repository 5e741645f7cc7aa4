import type { LonLat } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import { instant } from '#core/base/instant.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Json } from '#core/base/json.ts';
import { valueOf } from '#core/matter/conditions.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { Matter, PartOf } from '#core/matter/matter.ts';
import type { Available, Need, Ranking } from '#engines/dispatch/spi.ts';
import { travellerOf } from '#engines/dispatch/rank.ts';
import type { Closure, Weather } from '#engines/travel/conditions/conditions.ts';
import { PROFILES } from '#engines/travel/profiles.ts';
import type { Arrival, FreeBoat, Journey, NoWay, Travel, Traveller, WhatIf, When } from '#engines/travel/spi.ts';
import type { Skill, Tier } from '#world/forces/force.ts';
import { FORCE_KINDS } from '#world/forces/kinds.ts';
import type { Standing } from './views/roster.ts';
import type { Views } from './views/views.ts';

/** What changes travel from one minute to the next. */
export interface Live {
  readonly closures: readonly Closure[];
  /** By sea area, in order of time. */
  readonly weather: ReadonlyMap<string, readonly Weather[]>;
  readonly boats: readonly FreeBoat[];
}

/** The engines the use cases call; composed in main. */
export interface Engines {
  /** Travel as things are: what is closed, the weather, boats that would take others along. Null while the place is being made ready for it. */
  readonly travel: ((live: Live) => Travel) | null;
  readonly rank: (need: Need, forces: readonly Available[], travel: Travel) => Ranking;
  readonly districtOf: (at: LonLat) => string | null;
}

/** Nothing can be said yet of who could be where when. */
export class TravelUnready extends Error {
  override readonly name = 'TravelUnready';
}

interface Known {
  readonly engines: Engines;
  readonly closures: number;
  readonly weather: number;
  readonly live: Live;
  readonly travel: Travel;
}

/** Everybody on duty where it is last known to be, as travel sees it. */
interface OnDuty {
  readonly roster: number;
  readonly positions: number;
  readonly travellers: readonly Traveller[];
}

const TIERS: readonly Tier[] = ['station', 'district', 'city'];
/** Questions of so far ahead are made ready for, so that a new hour finds everything there. */
const AHEAD_MS = 120_000;

/** Where the matter is, as a point; null while nobody stated it. */
export const positionOf = (kind: Kind, facts: Matter['facts']): LonLat | null => {
  const name = kind.dispatch?.position ?? kind.row.position;
  const value = name === undefined ? undefined : valueOf(facts, name);
  return toLonLat(value);
};

export const toLonLat = (value: Json | undefined): LonLat | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { lon, lat } = value as { readonly lon?: Json; readonly lat?: Json };
  return typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : null;
};

/** Ranks the forces for a matter, or for one that is still being written down. */
export class Dispatching {
  readonly #views: Views;
  readonly #engines: () => Engines;
  readonly #now: () => Instant;
  #known: Known | null = null;
  #onDuty: OnDuty | null = null;
  /** What was made ready last, and until when that holds. */
  #ready: { readonly travel: Travel; readonly until: number } | null = null;

  constructor(views: Views, engines: () => Engines, now: () => Instant) {
    this.#views = views;
    this.#engines = engines;
    this.#now = now;
  }

  /** Null when the kind sends no forces, or nobody knows yet where. */
  candidates(kind: Kind, matter: Pick<Matter, 'facts' | 'level' | 'parts'>): Ranking | null {
    const at = positionOf(kind, matter.facts);
    const dispatch = kind.dispatch;
    if (dispatch === undefined || at === null) return null;
    const engines = this.#engines();
    const category = valueOf(matter.facts, dispatch.skills.fact);
    const skills = typeof category === 'string' ? (dispatch.skills.of[category] ?? []) : [];
    const parts = Object.values(matter.parts).filter((part) => part.part === dispatch.part);
    const already = parts.filter((part) => dispatch.shows[part.state] !== undefined).map((part) => part.subject);
    const need: Need = {
      at,
      now: this.#now(),
      skills: skills as readonly Skill[],
      tier: TIERS.find((tier) => tier === matter.level) ?? 'city',
      district: engines.districtOf(at),
      already,
      turned: turnedIn(kind, parts),
    };
    return engines.rank(
      need,
      [...this.#views.roster.all()].map((one) => this.#available(one)),
      this.travel(),
    );
  }

  /** Whether questions of travel find everything there: since `keepReady` first was done. */
  get isReady(): boolean {
    return this.#ready !== null;
  }

  /**
   * Travel as it is now. What was learnt is kept until a closure or the weather changes.
   * @throws TravelUnready
   */
  travel(): Travel {
    const { closures, weather } = this.#views;
    const engines = this.#engines();
    if (engines.travel === null) throw new TravelUnready();
    const known = this.#known;
    if (known?.engines === engines && known.closures === closures.revision && known.weather === weather.revision)
      return known.travel;
    const live: Live = { closures: closures.all(), weather: new Map(weather.areas()), boats: [] };
    const travel = engines.travel(live);
    this.#known = { engines, closures: closures.revision, weather: weather.revision, live, travel };
    return travel;
  }

  /**
   * Makes ready what questions of now and of the next minutes will ask for, a piece at a turn, and again when something was closed or the weather
   * turned: questions then need not make it themselves. Does little where nothing changed.
   * @param turn lets others go on
   */
  async keepReady(turn: () => Promise<void>): Promise<void> {
    if (this.#engines().travel === null) return;
    const [travel, now] = [this.travel(), this.#now()];
    if (this.#ready?.travel === travel && now + AHEAD_MS / 2 < this.#ready.until) return;
    for (const at of [now, instant(now + AHEAD_MS)]) {
      for (const _ of travel.ready(at)) {
        await turn();
        // What is made for weather that has passed helps nobody.
        if (this.travel() !== travel) return;
      }
    }
    this.#ready = { travel, until: now + AHEAD_MS };
  }

  /** The same, where free boats also take others along: for somebody who would send both. */
  travelWithBoats(): Travel {
    const travel = this.travel();
    const known = this.#known as Known;
    const boats = [...this.#views.roster.all()].flatMap((one) => this.#freeBoat(one));
    return known.engines.travel?.({ ...known.live, boats }) ?? travel;
  }

  #freeBoat({ force, state, engaged }: Standing): readonly FreeBoat[] {
    const { profile, turnout_s } = FORCE_KINDS[force.kind];
    const sails = PROFILES[profile]?.moves.some((move) => move.by === 'boat') === true;
    if (!sails || force.seats === 0 || state !== 'available' || engaged.length > 0) return [];
    const at = this.#views.positions.get(force.id)?.at ?? force.home;
    return [{ id: force.id, name: force.name, profile, at, turnout_s, seats: force.seats }];
  }

  /** How long each force on duty takes to a place. */
  arrivals(to: LonLat, when: When, whatIf: WhatIf): readonly Arrival[] {
    return this.travel().toPlace(this.#travellers(), to, when, whatIf);
  }

  /** The same list until somebody moves or goes off duty: what travel knows of a list it does not work out again. */
  #travellers(): readonly Traveller[] {
    const { roster, positions } = this.#views;
    const known = this.#onDuty;
    if (known?.roster === roster.revision && known.positions === positions.revision) return known.travellers;
    const travellers = [...roster.all()]
      .filter((one) => one.on_duty)
      .map(({ force }) => travellerOf(force, positions.get(force.id)?.at ?? force.home));
    this.#onDuty = { roster: roster.revision, positions: positions.revision, travellers };
    return travellers;
  }

  /** How a force would get there. */
  journey(standing: Standing, to: LonLat): Journey | NoWay {
    const at = this.#views.positions.get(standing.force.id)?.at ?? standing.force.home;
    return this.travel().journey(travellerOf(standing.force, at), to, { leave_at: this.#now() });
  }

  /** Seconds until the nearest of these forces is there; null when none gets there. */
  nearest_s(standings: readonly Standing[], to: LonLat): number | null {
    const travellers = standings.map(({ force }) =>
      travellerOf(force, this.#views.positions.get(force.id)?.at ?? force.home),
    );
    const times = this.travel()
      .toPlace(travellers, to, { leave_at: this.#now() })
      .map((arrival) => arrival.duration_s)
      .filter((time) => time !== null);
    return times.length === 0 ? null : Math.min(...times);
  }

  #available(standing: Standing): Available {
    return {
      force: standing.force,
      state: standing.state,
      position: this.#views.positions.get(standing.force.id),
      engaged: standing.engaged.map((one) => one.matter),
    };
  }
}

/** Forces out of the matter before they worked on it, with the name of the state that says why. */
const turnedIn = (kind: Kind, parts: readonly PartOf[]): Readonly<Record<string, Text>> => {
  const turned: Record<string, Text> = {};
  for (const part of parts) {
    const state = kind.parts[part.part]?.states[part.state];
    if (state !== undefined && !state.active && state.keeps !== true) turned[part.subject] = state.name;
  }
  return turned;
};
