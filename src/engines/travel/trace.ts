import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import { FORCE_KINDS } from '#world/forces/kinds.ts';
import { HOW } from './layers.ts';
import type { Layer } from './layers.ts';
import type { Helipad, Pier, Site } from './network.ts';
import type { Found, Plan } from './plan.ts';
import type { NearSegment, RoadMode } from './roads.ts';
import { RULES, seconds, WORDS } from './rules.ts';
import { lineLength, spread, voyageLine } from './sea.ts';
import type { SeaEnd, SeaField, Voyage } from './sea.ts';
import type { Leg, LegMode, Traveller } from './spi.ts';

/** The legs of a way already found, in order; their durations add up to its time and the turnout. */
export const trace = (plan: Plan, traveller: Traveller, found: Found): readonly Leg[] => {
  const site = plan.network.siteOf(traveller.at) as Site;
  const { turnout_s, speed_kmh } = FORCE_KINDS[traveller.kind];
  const legs: Leg[] = [wait(traveller.at, turnout_s, [WORDS.turnout], [])];
  if (found.by === 'boat') {
    const out_m = found.water.walk_m + found.water.inshore_m;
    legs.push(...sailed(plan, found.field, found.way, [site.at, found.water.at], seconds(out_m, RULES.inshore_kmh)));
  } else if (found.by === 'air') {
    legs.push(leg('air', found.time_s, [traveller.at, plan.to]));
  } else if (found.by === 'winch') {
    legs.push(
      leg('air', found.time_s - RULES.winch_s, [traveller.at, plan.to]),
      wait(plan.to, RULES.winch_s, [WORDS.winch], []),
    );
  } else if (found.by === 'helipad') {
    const pad = plan.network.helipads[found.helipad] as Helipad;
    const flight_s = seconds(distance_m(traveller.at, pad.at), speed_kmh);
    legs.push(leg('air', flight_s, [traveller.at, pad.at], [pad.name], [pad.id]));
    legs.push(wait(pad.at, RULES.set_down_s, [WORDS.setDown], [pad.id]));
    legs.push(...overland(plan, plan.network.siteOf(pad.at) as Site, found.onward));
  } else {
    legs.push(...overland(plan, site, found));
  }
  return legs.filter((one) => one.duration_s > 0);
};

const leg = (
  mode: LegMode,
  duration_s: number,
  line: readonly LonLat[],
  via: readonly Text[] = [],
  refs: readonly string[] = [],
): Leg => ({ mode, duration_s, distance_m: lineLength(line), line, via, refs });

const wait = (at: LonLat, duration_s: number, via: readonly Text[], refs: readonly string[]): Leg =>
  leg('wait', duration_s, [at, at], via, refs);

const walk = (from: LonLat, to: LonLat): Leg =>
  leg('foot', seconds(distance_m(from, to), RULES.cross_country_kmh), [from, to]);

const overland = (plan: Plan, site: Site, found: Found): readonly Leg[] => {
  switch (found.by) {
    case 'straight':
      return [{ ...walk(site.at, plan.site.at), duration_s: found.time_s }];
    case 'along':
      return [
        access(site, found.start, found.mode),
        stretch(
          plan,
          found.mode,
          found.start.segment,
          found.start.at,
          found.end.at,
          Math.abs(found.end.share - found.start.share),
        ),
        ...leave(plan, found.mode, found.end),
      ];
    case 'layer':
      return [access(site, found.start, found.layer.mode), ...alongLayer(plan, found.layer, found.node, found.start)];
    case 'pick-up': {
      const { water } = found;
      const ashore = water.shore ?? site.at;
      return [
        { ...walk(site.at, ashore), duration_s: seconds(water.walk_m, RULES.cross_country_kmh) },
        wait(ashore, RULES.pick_up_s, [WORDS.pickUp], []),
        ...sailed(plan, found.field, found.way, [ashore, water.at], seconds(water.inshore_m, RULES.inshore_kmh)),
      ];
    }
    default:
      return [];
  }
};

const access = (site: Site, start: NearSegment, mode: RoadMode): Leg =>
  leg(mode, seconds(start.distance_m, mode === 'foot' ? RULES.cross_country_kmh : RULES.yard_kmh), [site.at, start.at]);

/** From the road to the place: out of the vehicle, and straight on. */
const leave = (plan: Plan, mode: RoadMode, end: NearSegment): readonly Leg[] => [
  ...(mode === 'foot' ? [] : [wait(end.at, RULES.park_s, [WORDS.park], [])]),
  { ...walk(end.at, plan.site.at), duration_s: seconds(end.distance_m, RULES.cross_country_kmh) },
];

/** A share of one road segment. */
const stretch = (plan: Plan, mode: RoadMode, segment: number, from: LonLat, to: LonLat, share: number): Leg => {
  const { roads } = plan.network;
  const road = roads.roads[roads.road[segment] as number];
  const duration_s = share === 0 ? 0 : share * (plan.times(mode)[segment] as number);
  return leg(
    mode,
    duration_s,
    [from, to],
    road?.bridge === true && road.name !== null ? [road.name] : [],
    road === undefined ? [] : [road.id],
  );
};

const nodePoint = (plan: Plan, node: number): LonLat => [
  plan.network.roads.lon[node] as number,
  plan.network.roads.lat[node] as number,
];

const alongLayer = (plan: Plan, first: Layer, from: number, start: NearSegment | null): readonly Leg[] => {
  const { roads, piers } = plan.network;
  let layer = first;
  let node = from;
  const legs: Leg[] = [];
  if (start !== null) {
    const share = roads.from[start.segment] === node ? start.share : 1 - start.share;
    legs.push(stretch(plan, layer.mode, start.segment, start.at, nodePoint(plan, node), share));
  }
  for (;;) {
    const how = layer.how[node] as number;
    const ref = layer.ref[node] as number;
    const at = nodePoint(plan, node);
    if (how === HOW.segment) {
      const next = roads.from[ref] === node ? (roads.to[ref] as number) : (roads.from[ref] as number);
      legs.push(stretch(plan, layer.mode, ref, at, nodePoint(plan, next), 1));
      node = next;
    } else if (how === HOW.park) {
      legs.push(wait(at, RULES.park_s, [WORDS.park], []));
      layer = plan.layer('foot');
    } else if (how === HOW.launch) {
      const to = piers[ref] as Pier;
      legs.push(...crossing(plan, layer.mode, piers.find((pier) => pier.node === node) as Pier, to));
      node = to.node;
    } else if (how === HOW.direct) {
      legs.push(...fromPierDirect(plan, piers.find((pier) => pier.node === node) as Pier));
      return joined(legs);
    } else {
      const end = plan.network.snaps(plan.site, layer.mode)[ref] as NearSegment;
      const share = roads.from[end.segment] === node ? end.share : 1 - end.share;
      legs.push(stretch(plan, layer.mode, end.segment, at, end.at, share), ...leave(plan, layer.mode, end));
      return joined(legs);
    }
  }
};

const crossing = (plan: Plan, mode: RoadMode, from: Pier, to: Pier): readonly Leg[] => {
  const foot = mode === 'foot';
  const kmh = foot ? RULES.launch_kmh : RULES.ferry_kmh;
  const field = spread(plan.network.sea, [{ at: to.sea, node: to.seaNode, after_s: 0, after_m: 0 }], kmh);
  const way: Voyage = { time_s: 0, way_m: 0, tail: [from.sea], node: from.seaNode, end: -1 };
  const { line } = voyageLine(plan.network.sea, field, way);
  return [
    wait(from.at, foot ? RULES.launch_wait_s : RULES.ferry_wait_s, [WORDS.boarding, from.name], [from.id]),
    leg(
      'boat',
      field.time_s[from.seaNode] as number,
      [from.at, ...line, to.at],
      [foot ? WORDS.launch : WORDS.ferry, from.name, to.name],
      [from.id, to.id],
    ),
  ];
};

const fromPierDirect = (plan: Plan, from: Pier): readonly Leg[] => {
  const field = plan.direct() as SeaField;
  const way: Voyage = {
    time_s: field.time_s[from.seaNode] as number,
    way_m: 0,
    tail: [from.sea],
    node: from.seaNode,
    end: -1,
  };
  return [
    wait(from.at, RULES.launch_wait_s, [WORDS.boarding, from.name], [from.id]),
    ...sailed(plan, field, way, [from.at, from.sea], 0, [WORDS.launch, from.name], [from.id]),
  ];
};

/** A voyage in a field and all that comes after its end. Where a pier is, its line leads to the quay, so that the way has no gap. */
const sailed = (
  plan: Plan,
  field: SeaField,
  way: Voyage,
  before: readonly LonLat[],
  before_s: number,
  via: readonly Text[] = [],
  refs: readonly string[] = [],
): readonly Leg[] => {
  const { line, end } = voyageLine(plan.network.sea, field, way);
  const last = field.ends[end] as SeaEnd;
  const sailing_s = before_s + way.time_s - last.after_s;
  const whole = [...before.slice(0, -1), ...line];
  const pier = last.node < 0 ? undefined : plan.network.piers.find((one) => one.seaNode === last.node);
  if (pier !== undefined) {
    return [
      leg('boat', sailing_s, [...whole, pier.at], [...via, pier.name], [...refs, pier.id]),
      wait(pier.at, RULES.berthing_s, [WORDS.berth, pier.name], [pier.id]),
      ...alongLayer(plan, plan.ashore(), pier.node, null),
    ];
  }
  const water = plan.site.water();
  if (water === null) return [leg('boat', sailing_s, whole, via, refs)];
  const touch = water.shore ?? plan.site.at;
  const boat = leg('boat', sailing_s + seconds(water.inshore_m, RULES.inshore_kmh), [...whole, touch], via, refs);
  if (water.shore === null) return [boat];
  return [
    boat,
    wait(touch, RULES.shore_landing_s, [WORDS.shore], []),
    { ...walk(touch, plan.site.at), duration_s: seconds(water.walk_m, RULES.cross_country_kmh) },
  ];
};

/** Neighbouring legs of one mode as one leg. */
const joined = (legs: readonly Leg[]): readonly Leg[] => {
  const out: Leg[] = [];
  for (const next of legs) {
    const last = out[out.length - 1];
    if (last === undefined || last.mode !== next.mode || next.mode === 'wait' || next.mode === 'boat') {
      out.push(next);
      continue;
    }
    out[out.length - 1] = {
      mode: last.mode,
      duration_s: last.duration_s + next.duration_s,
      distance_m: last.distance_m + next.distance_m,
      line: [...last.line, ...next.line.slice(1)],
      via: [...last.via, ...next.via.filter((one) => last.via[last.via.length - 1]?.zh !== one.zh)],
      refs: [...last.refs, ...next.refs.filter((one) => last.refs[last.refs.length - 1] !== one)],
    };
  }
  return out;
};
