import type { LonLat } from '#core/base/geo.ts';
import { FORCE_KINDS } from '#world/forces/kinds.ts';
import type { Network } from './network.ts';
import { planTo, reach } from './plan.ts';
import type { Found, Plan } from './plan.ts';
import { segmentTimes } from './roads.ts';
import type { RoadMode } from './roads.ts';
import type { Arrival, Journey, NoWay, Travel, Traveller } from './spi.ts';
import { trace } from './trace.ts';
import { noWay } from './words.ts';

/** Travel that can be asked the same questions with something closed. */
export interface ClosableTravel extends Travel {
  /** Ids of roads, bridges, piers and helipads nobody may use. Replaces the closures set before. */
  readonly withClosures: (ids: Iterable<string>) => ClosableTravel;
}

/**
 * Travel over a network. Times are whole seconds, rounded up; distances whole metres.
 * Some 200 travellers to one place take 10–30 ms; a second question about the same place is answered from the first.
 */
export const createTravel = (network: Network): ClosableTravel => closable(network, new Set(), null);

const closable = (network: Network, closed: ReadonlySet<string>, open: Travel | null): ClosableTravel => {
  const times = new Map<RoadMode, Float64Array>();
  const timesOf = (mode: RoadMode): Float64Array => {
    const known = times.get(mode) ?? segmentTimes(network.roads, mode, closed);
    times.set(mode, known);
    return known;
  };
  let last: { readonly to: LonLat; readonly plan: Plan | null } | null = null;
  const planOf = (to: LonLat): Plan | null => {
    if (last === null || last.to[0] !== to[0] || last.to[1] !== to[1]) {
      last = { to, plan: planTo(network, to, closed, timesOf) };
    }
    return last.plan;
  };
  const best = (traveller: Traveller, to: LonLat): Found | NoWay => {
    const plan = planOf(to);
    const { mobility } = FORCE_KINDS[traveller.kind];
    if (plan === null) return noWay('off-network', mobility);
    const found = reach(plan, traveller);
    if (!('code' in found) || open === null) return found;
    const otherwise = open.toPlace([traveller], to)[0];
    return otherwise === undefined || otherwise.reason !== null ? found : noWay('closed', mobility);
  };
  const travel: ClosableTravel = {
    toPlace: (travellers, to) => travellers.map((traveller) => arrival(traveller, best(traveller, to))),
    journey: (traveller, to) => {
      const found = best(traveller, to);
      const plan = planOf(to);
      return 'code' in found || plan === null ? (found as NoWay) : journey(plan, traveller, found);
    },
    withClosures: (ids) => closable(network, new Set(ids), open ?? travel),
  };
  return travel;
};

const total_s = (traveller: Traveller, found: Found): number =>
  Math.ceil(found.time_s + FORCE_KINDS[traveller.kind].turnout_s);

const arrival = (traveller: Traveller, found: Found | NoWay): Arrival =>
  'code' in found
    ? { id: traveller.id, duration_s: null, distance_m: null, reason: found }
    : { id: traveller.id, duration_s: total_s(traveller, found), distance_m: Math.round(found.way_m), reason: null };

const journey = (plan: Plan, traveller: Traveller, found: Found): Journey => ({
  duration_s: total_s(traveller, found),
  distance_m: Math.round(found.way_m),
  legs: trace(plan, traveller, found),
});
