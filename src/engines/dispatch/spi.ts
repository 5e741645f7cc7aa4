import type { LonLat } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import type { Force, ForceState, Position, Skill, Tier } from '#world/forces/force.ts';
import type { Instant } from '#core/base/instant.ts';

/** A force as the ranking sees it. */
export interface Available {
  readonly force: Force;
  readonly state: ForceState;
  /** Null when it never reported: then its home counts, as uncertain. */
  readonly position: Position | null;
  /** Numbers of the matters it is engaged in now. */
  readonly engaged: readonly string[];
}

export interface Need {
  readonly at: LonLat;
  readonly now: Instant;
  readonly skills: readonly Skill[];
  /** Highest tier called so far. */
  readonly tier: Tier;
  /** District of the place, six digits; null when it is in no district (open sea). */
  readonly district: string | null;
  /** Forces already engaged in this matter. */
  readonly already: readonly string[];
  /** Forces that were offered this matter and are out of it before they worked on it, with the word for why: declined, called back … */
  readonly turned: Readonly<Record<string, Text>>;
}

export interface Reason {
  readonly code: string;
  readonly words: Text;
  /** Speaks for it, against it, or merely informs. */
  readonly weight: 'for' | 'against' | 'note';
}

/** A ranked force: who can be there when, and why it stands where it stands. */
export interface Candidate {
  readonly force: string;
  readonly rank: number;
  readonly eta_s: number;
  readonly distance_m: number;
  /** True when the position was stale or only the home is known. */
  readonly uncertain: boolean;
  readonly reasons: readonly Reason[];
}

/** A force left out, and why. */
export interface Excluded {
  readonly force: string;
  readonly reasons: readonly Reason[];
}

export interface Ranking {
  readonly candidates: readonly Candidate[];
  readonly excluded: readonly Excluded[];
}
