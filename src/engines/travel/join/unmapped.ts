import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { RoadPoint } from '../road/roads.ts';
import { RULES } from '../rules.ts';

/** Positions whose nearest road is kept. */
const MOST = 10_000;

/**
 * Straight walks where nobody drew the land of a place, and water may be anywhere. Who joins a road is taken to walk straight to it, so the ground is open as
 * far around as the nearest road is; beyond that only what lies at the door.
 */
export class Unmapped {
  readonly #joins: (at: LonLat) => readonly RoadPoint[];
  readonly #open = new Map<string, number>();

  /** @param joins where a position joins the roads on foot, nearest first */
  constructor(joins: (at: LonLat) => readonly RoadPoint[]) {
    this.#joins = joins;
  }

  /** Metres straight, where the ground between is taken to be open; Infinity elsewhere. */
  straight_m(from: LonLat, to: LonLat): number {
    const straight_m = distance_m(from, to);
    if (straight_m <= RULES.door_m) return straight_m;
    return straight_m <= Math.max(this.#open_m(from), this.#open_m(to)) ? straight_m : Infinity;
  }

  /** How far around a position the ground is taken to be open. */
  #open_m(at: LonLat): number {
    const key = `${at[0]},${at[1]}`;
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const open_m = this.#joins(at)[0]?.access_m ?? 0;
    if (this.#open.size >= MOST) this.#open.clear();
    this.#open.set(key, open_m);
    return open_m;
  }
}
