import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { Mobility } from '#world/forces/force.ts';
import { FORCE_KINDS } from '#world/forces/kinds.ts';
import { footLayer, takesLaunch, vehicleLayer } from './layers.ts';
import type { Layer } from './layers.ts';
import type { Network, Site, Water } from './network.ts';
import type { NearSegment, RoadMode } from './roads.ts';
import { RULES, seconds } from './rules.ts';
import { spread, voyage } from './sea.ts';
import type { SeaEnd, SeaField, Voyage } from './sea.ts';
import type { NoWay, Traveller } from './spi.ts';
import { noWay } from './words.ts';

/** How a traveller gets there: enough to tell time and way, and to draw the journey from. Times without turnout. */
export type Found = { readonly time_s: number; readonly way_m: number } & (
  | { readonly by: 'straight' }
  /** Along the road both stand at. */
  | { readonly by: 'along'; readonly mode: RoadMode; readonly start: NearSegment; readonly end: NearSegment }
  /** To a node, then as the layer says. */
  | { readonly by: 'layer'; readonly layer: Layer; readonly start: NearSegment; readonly node: number }
  | { readonly by: 'pick-up'; readonly water: Water; readonly field: SeaField; readonly way: Voyage }
  | { readonly by: 'boat'; readonly water: Water; readonly field: SeaField; readonly way: Voyage }
  | { readonly by: 'air' }
  | { readonly by: 'winch' }
  | { readonly by: 'helipad'; readonly helipad: number; readonly onward: Found }
);

/** Everything worked out once for a place, whoever goes there. Layers are made when first needed. */
export interface Plan {
  readonly network: Network;
  readonly to: LonLat;
  readonly site: Site;
  readonly closed: ReadonlySet<string>;
  readonly times: (mode: RoadMode) => Float64Array;
  readonly layer: (mode: RoadMode) => Layer;
  /** On foot from a pier on, without boarding again: how a boat's or aircraft's people go on. */
  readonly ashore: () => Layer;
  /** By launch to the place's own water; null where it has none. */
  readonly direct: () => SeaField | null;
  /** Field of a boat of that speed; `beaches` when it may run up a beach. */
  readonly field: (kmh: number, beaches: boolean) => SeaField;
}

/** @returns null when the place is outside the mapped area */
export const planTo = (
  network: Network,
  to: LonLat,
  closed: ReadonlySet<string>,
  times: (mode: RoadMode) => Float64Array,
): Plan | null => {
  const site = network.siteOf(to);
  if (site === null) return null;
  const layers = new Map<string, Layer>();
  const fields = new Map<string, SeaField>();
  const own = ownEnds(site);
  let straightTo: SeaField | null = null;
  const direct = (): SeaField | null => {
    if (own.length > 0) straightTo ??= spread(network.sea, own, RULES.launch_kmh);
    return straightTo;
  };
  const layer = (mode: RoadMode): Layer => {
    const known = layers.get(mode);
    if (known !== undefined) return known;
    const made =
      mode === 'foot'
        ? footLayer(network, site, times('foot'), closed, direct())
        : vehicleLayer(network, site, mode, times(mode), layer('foot'), closed);
    layers.set(mode, made);
    return made;
  };
  let dry: Layer | null = null;
  const ashore = (): Layer => {
    dry ??= footLayer(network, site, times('foot'), new Set(network.piers.map((pier) => pier.id)), null);
    return dry;
  };
  const field = (kmh: number, beaches: boolean): SeaField => {
    const key = `${kmh}:${String(beaches)}`;
    const known = fields.get(key);
    if (known !== undefined) return known;
    const foot = ashore();
    const ends: SeaEnd[] = [...own];
    for (const pier of network.piers) {
      const usable = takesLaunch(pier, closed) || (beaches && !closed.has(pier.id));
      const after_s = (foot.time_s[pier.node] as number) + RULES.berthing_s;
      if (usable && after_s < Infinity) {
        ends.push({ at: pier.sea, node: pier.seaNode, after_s, after_m: foot.way_m[pier.node] as number });
      }
    }
    const made = spread(network.sea, ends, kmh);
    fields.set(key, made);
    return made;
  };
  return { network, to, site, closed, times, layer, ashore, direct, field };
};

/** The place's own water as the end of a voyage: landing people there, or coming alongside a position at sea. */
const ownEnds = (site: Site): SeaEnd[] => {
  const water = site.water();
  if (water === null) return [];
  const landing_s = water.shore === null ? 0 : RULES.shore_landing_s;
  return [
    {
      at: water.at,
      node: -1,
      after_s: landing_s + seconds(water.inshore_m, RULES.inshore_kmh) + seconds(water.walk_m, RULES.cross_country_kmh),
      after_m: water.inshore_m + water.walk_m,
    },
  ];
};

/** Best way of one traveller, or why there is none. */
export const reach = (plan: Plan, traveller: Traveller): Found | NoWay => {
  const { mobility, speed_kmh, range_km } = FORCE_KINDS[traveller.kind];
  const site = plan.network.siteOf(traveller.at);
  if (site === null) return noWay('off-network', mobility);
  switch (mobility) {
    case 'foot':
      return onFoot(plan, site) ?? unreached(plan, site, mobility);
    case 'car':
    case 'motorcycle':
      return better(inVehicle(plan, site, mobility), onFoot(plan, site)) ?? unreached(plan, site, mobility);
    case 'boat':
      return byBoat(plan, site, speed_kmh, traveller.kind === 'landing-craft') ?? unreached(plan, site, mobility);
    case 'helicopter':
    case 'drone':
      return byAir(plan, traveller.at, mobility, speed_kmh, range_km);
    case 'none':
      return noWay('no-connection', mobility);
  }
};

const unreached = (plan: Plan, site: Site, mobility: Mobility): NoWay => {
  const stranded = (one: Site): boolean => one.water() === null && plan.network.snaps(one, 'foot').length === 0;
  if (stranded(site) || stranded(plan.site)) return noWay('off-network', mobility);
  if (mobility === 'boat' && site.water() === null) return noWay('off-network', mobility);
  if (mobility === 'boat' && plan.site.part !== null && plan.site.water() === null)
    return noWay('no-landing', mobility);
  return noWay('no-connection', mobility);
};

const better = (one: Found | null, other: Found | null): Found | null =>
  one === null || (other !== null && other.time_s < one.time_s) ? other : one;

/** On foot from a place, launches included. */
export const onFoot = (plan: Plan, site: Site): Found | null => {
  const best = better(straight(plan, site), overRoads(plan, site, 'foot', RULES.cross_country_kmh));
  return better(best, pickedUp(plan, site, best?.time_s ?? Infinity));
};

const straight = (plan: Plan, site: Site): Found | null => {
  const way_m = distance_m(site.at, plan.site.at);
  if (site.part === null || plan.site.part === null || way_m > RULES.straight_walk_m) return null;
  if (plan.network.land.crossesShore(site.at, plan.site.at)) return null;
  return { by: 'straight', time_s: seconds(way_m, RULES.cross_country_kmh), way_m };
};

const inVehicle = (plan: Plan, site: Site, mode: 'car' | 'motorcycle'): Found | null =>
  overRoads(plan, site, mode, RULES.yard_kmh);

const overRoads = (
  plan: Plan,
  site: Site,
  mode: RoadMode,
  access_kmh: number,
  layer: Layer = plan.layer(mode),
): Found | null => {
  const { network } = plan;
  const times = plan.times(mode);
  const ends = network.snaps(plan.site, mode);
  let best: Found | null = null;
  for (const start of network.snaps(site, mode)) {
    const time = times[start.segment] as number;
    if (time === Infinity) continue;
    const length = network.roads.length_m[start.segment] as number;
    const access_s = seconds(start.distance_m, access_kmh);
    const by = (node: number, share: number): void => {
      const time_s = access_s + share * time + (layer.time_s[node] as number);
      const way_m = start.distance_m + share * length + (layer.way_m[node] as number);
      if (time_s < (best?.time_s ?? Infinity)) best = { by: 'layer', layer, start, node, time_s, way_m };
    };
    by(network.roads.from[start.segment] as number, start.share);
    by(network.roads.to[start.segment] as number, 1 - start.share);
    for (const end of ends) {
      if (end.segment !== start.segment) continue;
      const share = Math.abs(end.share - start.share);
      const leave_s = seconds(end.distance_m, RULES.cross_country_kmh) + (mode === 'foot' ? 0 : RULES.park_s);
      const time_s = access_s + share * time + leave_s;
      const way_m = start.distance_m + share * length + end.distance_m;
      if (time_s < (best?.time_s ?? Infinity)) best = { by: 'along', mode, start, end, time_s, way_m };
    }
  }
  return best;
};

/** Fetched by a launch from the nearest shore or from the water: only where no road leads to any pier. */
const pickedUp = (plan: Plan, site: Site, beat_s: number): Found | null => {
  if (RULES.pick_up_s >= beat_s || plan.network.hasPier(site)) return null;
  const water = site.water();
  if (water === null) return null;
  const before_s =
    RULES.pick_up_s + seconds(water.walk_m, RULES.cross_country_kmh) + seconds(water.inshore_m, RULES.inshore_kmh);
  if (before_s >= beat_s) return null;
  const field = plan.field(RULES.launch_kmh, false);
  const way = voyage(plan.network.sea, field, water.at);
  if (way === null) return null;
  return {
    by: 'pick-up',
    water,
    field,
    way,
    time_s: before_s + way.time_s,
    way_m: water.walk_m + water.inshore_m + way.way_m,
  };
};

/** A boat whose position lies on land is taken to be moored there when open water is within this. */
const MOORED_M = 600;

const byBoat = (plan: Plan, site: Site, kmh: number, beaches: boolean): Found | null => {
  const water = site.water();
  if (water === null || water.walk_m > MOORED_M) return null;
  const field = plan.field(kmh, beaches);
  const way = voyage(plan.network.sea, field, water.at);
  if (way === null) return null;
  const out_m = water.walk_m + water.inshore_m;
  return {
    by: 'boat',
    water,
    field,
    way,
    time_s: seconds(out_m, RULES.inshore_kmh) + way.time_s,
    way_m: out_m + way.way_m,
  };
};

const byAir = (
  plan: Plan,
  at: LonLat,
  mobility: 'helicopter' | 'drone',
  kmh: number,
  range_km: number | null,
): Found | NoWay => {
  const way_m = distance_m(at, plan.to);
  const reachable = (far_m: number): boolean => range_km === null || far_m * 2 <= range_km * 1000;
  if (!reachable(way_m)) return noWay('out-of-range', mobility);
  if (mobility === 'drone') return { by: 'air', time_s: seconds(way_m, kmh), way_m };
  let best: Found = { by: 'winch', time_s: seconds(way_m, kmh) + RULES.winch_s, way_m };
  plan.network.helipads.forEach((pad, helipad) => {
    const flight_m = distance_m(at, pad.at);
    const before_s = seconds(flight_m, kmh) + RULES.set_down_s;
    const ground = plan.network.siteOf(pad.at);
    if (before_s >= best.time_s || ground === null || plan.closed.has(pad.id) || !reachable(flight_m)) return;
    const onward = better(
      straight(plan, ground),
      overRoads(plan, ground, 'foot', RULES.cross_country_kmh, plan.ashore()),
    );
    if (onward === null || before_s + onward.time_s >= best.time_s) return;
    best = { by: 'helipad', helipad, onward, time_s: before_s + onward.time_s, way_m: flight_m + onward.way_m };
  });
  return best;
};
