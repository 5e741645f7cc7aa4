import { distance_m } from '#core/base/geo.ts';
import type { LonLat } from '#core/base/geo.ts';
import { text } from '#core/base/text.ts';
import type { StopHub } from '#engines/travel/lines/timetable.ts';
import type { PierSpot } from '../places/piers.ts';
import type { Stop } from './stops.ts';

/** Where a stop was found to be. */
export interface StopMatch {
  readonly stop: string;
  readonly name: string;
  readonly at: LonLat;
  readonly hub: string;
  /** From the pier it was matched to; null where it has a hub of its own. */
  readonly distance_m: number | null;
  /** The nearest pier there is, too far or not; null where the place has none. */
  readonly nearest: { readonly pier: string; readonly distance_m: number } | null;
}

export interface Matches {
  readonly matches: readonly StopMatch[];
  /** Hubs of stops that stand on no pier, by id. */
  readonly hubs: readonly StopHub[];
}

/**
 * Stops at the nearest pier within reach; the others get a hub of their own, one for all stops of a station.
 * @param used ids of the stops that trips call at
 * @param prefix before the ids of hubs made here
 */
export const matchStops = (
  used: readonly string[],
  stops: ReadonlyMap<string, Stop>,
  piers: readonly PierSpot[],
  within_m: number,
  prefix: string,
): Matches => {
  const hubs = new Map<string, StopHub>();
  const matches = [...used].sort().map((id): StopMatch => {
    const stop = stops.get(id) as Stop;
    const at = positionOf(stop, stops);
    const nearest = nearestPier(at, piers);
    const name = stop.name;
    if (nearest !== null && nearest.distance_m <= within_m)
      return { stop: id, name, at, hub: nearest.pier, distance_m: nearest.distance_m, nearest };
    const station = stops.get(stop.parent) ?? stop;
    const hub = `${prefix}stop/${station.id}`;
    hubs.set(hub, { id: hub, name: text(station.name, station.name), at: positionOf(station, stops) });
    return { stop: id, name, at, hub, distance_m: null, nearest };
  });
  return { matches, hubs: [...hubs.values()].sort((a, b) => (a.id < b.id ? -1 : 1)) };
};

/** Its own, or that of its station. Whoever calls this has made sure that there is one. */
const positionOf = (stop: Stop, stops: ReadonlyMap<string, Stop>): LonLat =>
  (stop.at ?? stops.get(stop.parent)?.at) as LonLat;

const nearestPier = (at: LonLat, piers: readonly PierSpot[]): StopMatch['nearest'] => {
  let best: { readonly pier: string; readonly distance_m: number } | null = null;
  for (const pier of piers) {
    const far_m = distance_m(at, pier.at);
    if (best === null || far_m < best.distance_m || (far_m === best.distance_m && pier.id < best.pier))
      best = { pier: pier.id, distance_m: far_m };
  }
  return best;
};
