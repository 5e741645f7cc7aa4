import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { instant } from '#core/base/instant.ts';
import type { Step } from '../lines/steps.ts';
import { BOATS } from '../profiles.ts';
import type { Traveller } from '../spi.ts';
import { lineLength_m } from './legs.ts';
import type { Party, Way } from './party.ts';
import type { Plan, Water } from './plan.ts';
import { callsOf } from './trace.ts';
import { VEHICLE } from './world.ts';

/** Metres of a way, as its legs have them, without drawing it: of many travellers only this is asked. */
export const lengthOf = (party: Party, i: number, way: Way): number => {
  const { plan } = party;
  const { at } = party.travellers[i] as Traveller;
  const foot = (hub: number): number => plan.fromHubs('foot').distance_m[hub] as number;
  switch (way.by) {
    case 'road':
      return way.distance_m;
    case 'straight':
      return plan.ground.straight_m(at, plan.to);
    case 'boat': {
      const aboard = way.own ? at : (way.from.shore ?? at);
      const walked_m = distance_m(at, aboard);
      return way.hub < 0
        ? walked_m + ashore_m(plan, aboard, way.way.line, plan.water(way.boat))
        : walked_m + lineLength_m([aboard, ...way.way.line, hubAt(plan, way.hub)]) + foot(way.hub);
    }
    case 'air':
      return way.distance_m + (way.hub < 0 ? 0 : foot(way.hub));
    case 'lift': {
      const aboard = hubAt(plan, way.hub);
      return way.lands < 0
        ? way.distance_m + ashore_m(plan, aboard, way.way.line, plan.water(way.hull))
        : way.distance_m + lineLength_m([aboard, ...way.way.line, hubAt(plan, way.lands)]) + foot(way.lands);
    }
    case 'hubs':
      return way.distance_m + onward_m(plan, way);
  }
};

const hubAt = ({ ground }: Plan, hub: number): LonLat => (ground.hubs[hub] as { readonly at: LonLat }).at;

/** By sea to the water off the place, and from the shore straight to it. */
const ashore_m = (plan: Plan, from: LonLat, line: readonly LonLat[], water: Water | null): number => {
  const shore = water?.shore ?? plan.to;
  return lineLength_m([from, ...line, shore]) + distance_m(shore, plan.to);
};

const onward_m = (plan: Plan, way: Extract<Way, { by: 'hubs' }>): number => {
  const at = instant(Math.ceil(way.start + way.duration_s * 1000));
  const steps = plan.profiles(way.vehicle).unfold(way.hub, way.vehicle === null ? 0 : VEHICLE, at) ?? [];
  return steps.reduce((sum, step) => sum + stepLength(plan, way, step), 0);
};

const stepLength = (plan: Plan, way: Extract<Way, { by: 'hubs' }>, step: Step): number => {
  const { hubs, hubNumbers } = plan.ground;
  const number = (id: string): number => hubNumbers.get(id) ?? 0;
  const road = (layer: number): string => (layer === VEHICLE && way.vehicle !== null ? way.vehicle : 'foot');
  switch (step.kind) {
    case 'transfer': {
      const { from, to, from_layer } = step.transfer;
      const known = plan.world.hubRoads(road(from_layer)).distance_m[number(from) * hubs.length + number(to)] as number;
      return known < Infinity ? known : plan.ground.apart_m(number(from), number(to));
    }
    case 'usual': {
      const { line, from, to } = step.usual;
      return plan.world.crossing(line, step.back ? [to, from] : [from, to]).length_m;
    }
    case 'ride':
      return plan.world.crossing(step.connections[0]?.line ?? '', callsOf(step)).length_m;
    case 'place': {
      const hub = number(step.hub);
      const launch = plan.launchTaken(hub, road(step.layer), step.arrive - step.start);
      return launch === null
        ? (plan.fromHubs(road(step.layer)).distance_m[hub] as number)
        : ashore_m(plan, hubAt(plan, hub), launch.way.line, plan.water(BOATS.launch));
    }
  }
};
