import type { LonLat } from '#core/base/geo.ts';
import type { TravelProfile } from '../profiles.ts';
import type { NoWay, Traveller } from '../spi.ts';
import type { Stood } from './standing.ts';
import { positionFault } from './why.ts';

/** Those of a crowd who move on one road profile. */
export interface Users {
  /** Their numbers in the crowd. */
  readonly who: Int32Array;
  readonly stood: readonly Stood[];
}

/** Those of a crowd who turn out in the same time. */
export interface Turnout {
  readonly turnout_s: number;
  /** Their numbers in the crowd. */
  readonly who: Int32Array;
  readonly crowd: Crowd;
}

/** Travellers asked about together, with what follows from who they are and nothing else: a list is asked about again and again. */
export class Crowd {
  /** Of everybody asked about: what is wrong with its position; null where nothing is, and it is one of the travellers. */
  readonly faults: readonly (NoWay | null)[];
  readonly travellers: readonly Traveller[];
  /** Under which each is remembered where it stands: its id, and more than that where the same id stands elsewhere in the list already. */
  readonly names: readonly string[];
  /** By traveller. */
  readonly profiles: readonly TravelProfile[];
  /** Numbers of the travellers of each profile. */
  readonly byProfile: ReadonlyMap<TravelProfile, Int32Array>;
  /** By road profile. */
  readonly users: ReadonlyMap<string, Users>;
  readonly #declared: Readonly<Record<string, TravelProfile>>;
  #turnouts: readonly Turnout[] | null = null;

  /**
   * @param names of everybody asked about, where they are part of another crowd
   * @throws UnknownProfile
   */
  constructor(
    declared: Readonly<Record<string, TravelProfile>>,
    asked: readonly Traveller[],
    names: readonly string[] = namesOf(asked),
  ) {
    this.#declared = declared;
    this.faults = asked.map((one) => positionFault(one.at));
    const travellers = asked.filter((_, i) => this.faults[i] === null);
    this.travellers = travellers;
    this.names = names.filter((_, i) => this.faults[i] === null);
    this.profiles = travellers.map((one) => profileOf(declared, one));
    this.byProfile = numbersBy(this.profiles, (profile) => [profile]);
    const roadsOf = ({ moves }: TravelProfile): readonly string[] =>
      moves.flatMap((move) => ('road' in move ? [move.road] : []));
    this.users = new Map(
      [...numbersBy(this.profiles, roadsOf)].map(([road, who]) => [
        road,
        { who, stood: Array.from(who, (i) => ({ id: this.names[i] as string, at: (travellers[i] as Traveller).at })) },
      ]),
    );
  }

  /** By turnout: closures count as they are when somebody has turned out. */
  get turnouts(): readonly Turnout[] {
    return (this.#turnouts ??= this.#byTurnout());
  }

  #byTurnout(): readonly Turnout[] {
    const groups = numbersBy(this.travellers, (one) => [one.turnout_s]);
    return [...groups].map(([turnout_s, who]) => ({
      turnout_s,
      who,
      crowd: groups.size === 1 ? this : this.only(who),
    }));
  }

  /** Some of them, by their numbers. */
  only(who: Int32Array | readonly number[]): Crowd {
    return new Crowd(
      this.#declared,
      Array.from(who, (i) => this.travellers[i] as Traveller),
      Array.from(who, (i) => this.names[i] as string),
    );
  }
}

/** The id of each; with its position where the same id stands elsewhere earlier in the list. */
const namesOf = (asked: readonly Traveller[]): readonly string[] => {
  const first = new Map<string, LonLat>();
  return asked.map(({ id, at }) => {
    const known = first.get(id) ?? at;
    first.set(id, known);
    return known[0] === at[0] && known[1] === at[1] ? id : `${id}\n${at[0]},${at[1]}`;
  });
};

/** Numbers of things by what they have. */
const numbersBy = <T, K>(things: readonly T[], keysOf: (thing: T) => readonly K[]): ReadonlyMap<K, Int32Array> => {
  const numbers = new Map<K, number[]>();
  for (const [i, thing] of things.entries())
    for (const key of keysOf(thing)) {
      const known = numbers.get(key);
      if (known === undefined) numbers.set(key, [i]);
      else known.push(i);
    }
  return new Map([...numbers].map(([key, list]) => [key, Int32Array.from(list)]));
};

/** @throws UnknownProfile */
export const profileOf = (declared: Readonly<Record<string, TravelProfile>>, traveller: Traveller): TravelProfile => {
  const profile = declared[traveller.profile];
  if (profile === undefined) throw new UnknownProfile(traveller.profile);
  return profile;
};

/** A profile nobody declared. */
class UnknownProfile extends RangeError {
  override readonly name = 'UnknownProfile';
  readonly code = 'profile-unknown';
  readonly profile: string;
  constructor(profile: string) {
    super(`unknown travel profile ${profile}`);
    this.profile = profile;
  }
}
