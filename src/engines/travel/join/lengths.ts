import { instant } from '#core/base/instant.ts';
import type { Step } from '../lines/steps.ts';
import { BOATS } from '../profiles.ts';
import type { Party, Way } from './party.ts';
import type { Plan } from './plan.ts';
import { VEHICLE } from './world.ts';

/** Metres of a way, without drawing it: of many travellers only this is asked. */
export const lengthOf = (party: Party, i: number, way: Way): number => {
  const { plan } = party;
  const foot = (hub: number): number => (hub < 0 ? 0 : (plan.fromHubs('foot').distance_m[hub] as number));
  switch (way.by) {
    case 'road':
      return way.distance_m;
    case 'straight':
      return plan.ground.straight_m((party.travellers[i] as { at: Plan['to'] }).at, plan.to);
    case 'boat':
      return way.from.walk_m + way.way.distance_m + (way.hub < 0 ? (plan.water(way.boat)?.walk_m ?? 0) : foot(way.hub));
    case 'air':
      return way.distance_m + foot(way.hub);
    case 'lift':
      return way.distance_m + way.way.distance_m + foot(way.lands);
    case 'hubs':
      return way.distance_m + onward_m(plan, way);
  }
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
  const sea_m = (from: string, to: string): number => {
    const known = plan.ground.seaTo(BOATS.launch, number(to), plan.world.closedAreas)[2 * number(from) + 1] as number;
    return known < Infinity ? known : plan.ground.apart_m(number(from), number(to));
  };
  switch (step.kind) {
    case 'transfer': {
      const { from, to, from_layer } = step.transfer;
      const known = plan.world.hubRoads(road(from_layer)).distance_m[number(from) * hubs.length + number(to)] as number;
      return known < Infinity ? known : plan.ground.apart_m(number(from), number(to));
    }
    case 'usual':
      return sea_m(step.usual.from, step.usual.to);
    case 'ride':
      return step.connections.reduce((sum, one) => sum + sea_m(one.from, one.to), 0);
    case 'place': {
      const hub = number(step.hub);
      const launch = plan.launchTaken(hub, road(step.layer), step.arrive - step.start);
      return launch?.way.distance_m ?? (plan.fromHubs(road(step.layer)).distance_m[hub] as number);
    }
  }
};
