import type { TravelProfile } from '../profiles.ts';
import type { NoWay, Traveller } from '../spi.ts';
import { positionFault } from './why.ts';

/** Those of a crowd who move on one road profile. */
export interface Users {
  /** Their numbers in the crowd. */
  readonly who: Int32Array;
  readonly travellers: readonly Traveller[];
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
  /** By traveller. */
  readonly profiles: readonly TravelProfile[];
  /** Numbers of the travellers of each profile. */
  readonly byProfile: ReadonlyMap<TravelProfile, Int32Array>;
  /** By road profile. */
  readonly users: ReadonlyMap<string, Users>;
  readonly #declared: Readonly<Record<string, TravelProfile>>;
  #turnouts: readonly Turnout[] | null = null;

  /** @throws UnknownProfile */
  constructor(declared: Readonly<Record<string, TravelProfile>>, asked: readonly Traveller[]) {
    this.#declared = declared;
    this.faults = asked.map((one) => positionFault(one.at));
    const travellers = asked.filter((_, i) => this.faults[i] === null);
    this.travellers = travellers;
    this.profiles = travellers.map((one) => profileOf(declared, one));
    this.byProfile = numbersBy(this.profiles, (profile) => [profile]);
    const roadsOf = ({ moves }: TravelProfile): readonly string[] =>
      moves.flatMap((move) => ('road' in move ? [move.road] : []));
    this.users = new Map(
      [...numbersBy(this.profiles, roadsOf)].map(([road, who]) => [
        road,
        { who, travellers: Array.from(who, (i) => travellers[i] as Traveller) },
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
    );
  }
}

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
