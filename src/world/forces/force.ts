import type { LonLat } from '#core/base/geo.ts';
import type { ForceId, PlaceId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Text } from '#core/base/text.ts';

/** Every sort of thing that can act. One type for all; what differs is declared in `FORCE_KINDS`. */
export type ForceKind =
  | 'officer'
  | 'ptu-light'
  | 'ptu-heavy'
  | 'car'
  | 'motorcycle'
  | 'patrol-boat'
  | 'landing-craft'
  | 'helicopter'
  | 'drone'
  | 'volunteers'
  | 'agency';

export interface ForceKindDecl {
  readonly name: Text;
  /** How it moves: a profile of `engines/travel/profiles.ts`, with speed, set-up, range and what it endures. */
  readonly profile: string;
  /** From the order until its people are ready to go. */
  readonly turnout_s: number;
  /** Called because it is near, whatever it can; or only where a skill of its own is asked for. */
  readonly sent_for: 'nearness' | 'skill';
}

/** Tier of reinforcement it is called at: a station's own, the district's, the city's. */
export type Tier = 'station' | 'district' | 'city';

/** A force as the register holds it. */
export interface Force {
  readonly id: ForceId;
  readonly kind: ForceKind;
  readonly name: Text;
  /** Short name for the radio and the command line. */
  readonly call_sign: string;
  readonly tier: Tier;
  /** Code of the district it serves (six digits), null for the whole city. */
  readonly district: string | null;
  /** Where it stands when it is on duty and nothing moves it. */
  readonly home: LonLat;
  readonly home_place: PlaceId | null;
  readonly skills: readonly Skill[];
  readonly gear: readonly string[];
  /** People it can carry besides its crew. */
  readonly seats: number;
  readonly crew: number;
}

/** Skills a kind of matter may ask for. */
export type Skill =
  | 'patrol'
  | 'armed'
  | 'first-aid'
  | 'water-rescue'
  | 'cliff-rescue'
  | 'search'
  | 'crowd'
  | 'traffic'
  | 'mediation'
  | 'investigation'
  | 'fire'
  | 'medical'
  | 'boat'
  | 'air';

/** What a force is at a moment; one word and colour each on every screen. */
export type ForceState = 'available' | 'assigned' | 'on_the_way' | 'on_scene' | 'unavailable' | 'off_duty';

/** Last known position of a force on duty. */
export interface Position {
  readonly force: ForceId;
  readonly at: LonLat;
  /** When the device measured it. */
  readonly time: Instant;
  /** When we received it. */
  readonly received: Instant;
  readonly accuracy_m: number | null;
  readonly speed_kmh: number | null;
  /** Degrees clockwise from north. */
  readonly heading_deg: number | null;
  /** The interface's own form, or the OsmAnd form phones send. */
  readonly source: 'own' | 'osmand';
}

/** A position older than this is drawn and counted as uncertain. */
export const STALE_AFTER_S = 120;
