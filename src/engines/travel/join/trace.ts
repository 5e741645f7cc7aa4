import type { LonLat } from '#core/base/geo.ts';
import { instant } from '#core/base/instant.ts';
import type { Text } from '#core/base/text.ts';
import { fill } from '#core/base/text.ts';
import type { Passage } from '../conditions/windows.ts';
import { whyShut } from '../conditions/windows.ts';
import { clockWords } from '../conditions/words.ts';
import type { Hub } from '../hubs.ts';
import type { Step } from '../lines/steps.ts';
import { BOATS } from '../profiles.ts';
import { RULES, seconds, WORDS } from '../rules.ts';
import type { Journey, Leg, LegMode, Traveller } from '../spi.ts';
import type { Flight } from './flights.ts';
import { Legs } from './legs.ts';
import type { LegWords } from './legs.ts';
import type { Lift } from './lifts.ts';
import type { Party, Way } from './party.ts';
import type { Water } from './plan.ts';
import { addRoadTrip } from './road-legs.ts';
import { outTo_s } from './sailings.ts';
import type { Sailing } from './sailings.ts';
import { VEHICLE } from './world.ts';

/**
 * The journey of a way found, leg by leg.
 * @param at when the order is given
 * @param asked the moment the whole is counted from in whole seconds, where that is earlier
 */
export const trace = (party: Party, i: number, way: Way, at: number, asked: number = at): Journey => {
  const traveller = party.travellers[i] as Traveller;
  const legs = new Legs(traveller.at, at);
  legs.wait(at + traveller.turnout_s * 1000, { via: [WORDS.turnout] });
  legs.wait(way.start, { via: [WORDS.setUp] });
  switch (way.by) {
    case 'straight':
      legs.go('foot', way.arrive, [party.plan.to]);
      break;
    case 'road':
      addRoadTrip(legs, roadToPlace(party, way.road, party.climbOf(i, way.road), (way.arrive - way.start) / 1000));
      break;
    case 'hubs':
      addHubs(legs, party, i, way);
      break;
    case 'boat':
      addSailing(legs, party, way);
      break;
    case 'air':
      addFlight(legs, party, way);
      break;
    case 'lift':
      addLift(legs, party, i, way);
      break;
  }
  const arrive = instant(asked + whole_ms(way.arrive - asked));
  const distance_m = legs.list.reduce((sum, leg) => sum + leg.distance_m, 0);
  return { start: instant(at), arrive, duration_s: (arrive - at) / 1000, distance_m, legs: joined(legs.list) };
};

/** Answers are in whole seconds, rounded up. */
export const whole_ms = (time_ms: number): number => Math.max(0, Math.ceil(time_ms / 1000 - 1e-6)) * 1000;

const roadToPlace = (
  party: Party,
  road: string,
  from: Parameters<typeof addRoadTrip>[1]['from'],
  duration_s: number,
) => {
  const { plan } = party;
  const { metric } = plan.world.hubRoads(road);
  return {
    ground: plan.ground,
    metric,
    from,
    to: plan.roadEnd(road),
    target: plan.to,
    duration_s,
    leaves:
      metric.profile.mode === 'foot' ? null : { foot: plan.world.hubRoads('foot').metric, to: plan.roadEnd('foot') },
  };
};

const hubAt = (party: Party, number: number): Hub => party.plan.ground.hubs[number] as Hub;

/** By road from hub to hub, or from where one is to a hub. */
const addToHub = (
  legs: Legs,
  party: Party,
  road: string,
  from: Parameters<typeof addRoadTrip>[1]['from'],
  hub: number,
  duration_s: number,
): void => {
  const { metric, arrive } = party.plan.world.hubRoads(road);
  const to = arrive[hub];
  const target = hubAt(party, hub).at;
  if (to === undefined) return;
  addRoadTrip(legs, { ground: party.plan.ground, metric, from, to, target, duration_s, leaves: null });
};

const addHubs = (legs: Legs, party: Party, i: number, way: Extract<Way, { by: 'hubs' }>): void => {
  const { plan } = party;
  addToHub(legs, party, way.road, party.climbOf(i, way.road), way.hub, way.duration_s);
  const layer = way.vehicle === null ? 0 : VEHICLE;
  const profiles = plan.profiles(way.vehicle);
  const steps = profiles.unfold(way.hub, layer, instant(Math.ceil(legs.now))) ?? [];
  for (const step of steps) addStep(legs, party, way, step);
};

const addStep = (legs: Legs, party: Party, way: Extract<Way, { by: 'hubs' }>, step: Step): void => {
  const { plan } = party;
  const number = (id: string): number => plan.ground.hubNumbers.get(id) ?? 0;
  switch (step.kind) {
    case 'transfer': {
      const { from, to, from_layer, to_layer, duration_s } = step.transfer;
      if (from_layer !== to_layer) {
        legs.wait(step.arrive, { via: [WORDS.park], refs: [from] });
        return;
      }
      const road = from_layer === VEHICLE && way.vehicle !== null ? way.vehicle : 'foot';
      addToHub(legs, party, road, plan.world.hubRoads(road).depart[number(from)] ?? null, number(to), duration_s);
      return;
    }
    case 'usual': {
      const [from, to] = step.back ? [step.usual.to, step.usual.from] : [step.usual.from, step.usual.to];
      addCrossing(legs, party, {
        line: step.usual.line,
        from: hubAt(party, number(from)),
        to: hubAt(party, number(to)),
        calls: [from, to],
        trips: [],
        depart: step.depart,
        sailed: step.arrive,
        ashore: step.arrive,
        wait: WORDS.boarding,
        wait_s: step.usual.wait_s,
        confidence: step.usual.confidence,
      });
      return;
    }
    case 'ride':
      addRide(legs, party, step);
      return;
    case 'place':
      addFromHub(legs, party, way, step);
  }
};

const addRide = (legs: Legs, party: Party, step: Extract<Step, { kind: 'ride' }>): void => {
  const first = step.connections[0];
  const last = step.connections.at(-1);
  if (first === undefined || last === undefined) return;
  const { hubNumbers } = party.plan.ground;
  const at = clockWords(step.depart);
  addCrossing(legs, party, {
    line: first.line,
    from: hubAt(party, hubNumbers.get(first.from) ?? 0),
    to: hubAt(party, hubNumbers.get(last.to) ?? 0),
    calls: callsOf(step),
    trips: [first.trip],
    depart: step.depart,
    sailed: last.arrive,
    ashore: step.arrive,
    wait: { zh: `等候${at}的班次`, en: `waiting for the departure at ${at}` },
    wait_s: Infinity,
    confidence: step.connections.every((one) => one.confidence === 'measured') ? 'measured' : 'usual',
  });
};

/** Hubs a ride calls at, from where one gets on to where one gets off. */
export const callsOf = ({ connections }: Extract<Step, { kind: 'ride' }>): readonly string[] => [
  ...connections.slice(0, 1).map((one) => one.from),
  ...connections.map((one) => one.to),
];

interface Crossing {
  readonly line: string;
  readonly from: Hub;
  readonly to: Hub;
  /** Hubs it calls at, both ends among them. */
  readonly calls: readonly string[];
  readonly trips: readonly string[];
  readonly depart: number;
  readonly sailed: number;
  readonly ashore: number;
  readonly wait: Text;
  /** As long as one waits in any case; longer is for something else. */
  readonly wait_s: number;
  readonly confidence: Leg['confidence'];
}

const addCrossing = (legs: Legs, party: Party, one: Crossing): void => {
  const { world } = party.plan;
  const passage = world.windows.passage(one.line, one.from.id, one.to.id, one.trips, (one.sailed - one.depart) / 1000);
  const reason = delayWords(party, passage, legs.now + one.wait_s * 1000, one.depart);
  legs.wait(one.depart, {
    via: [reason ?? one.wait, one.from.name],
    refs: [one.from.id],
    confidence: one.confidence,
  });
  const name = world.lines.find((line) => line.id === one.line)?.name ?? { zh: one.line, en: one.line };
  legs.go('ferry', one.sailed, world.crossing(one.line, one.calls).line, {
    via: [name, one.from.name, one.to.name],
    refs: [one.line, ...one.trips, one.from.id, one.to.id],
    confidence: one.confidence,
  });
  legs.wait(one.ashore, { via: [WORDS.ashore, one.to.name], refs: [one.to.id], confidence: one.confidence });
};

/** From the last hub to the place: by road, straight over open ground, or by launch to the water off it. */
const addFromHub = (
  legs: Legs,
  party: Party,
  way: Extract<Way, { by: 'hubs' }>,
  { hub: id, layer, start, arrive }: Extract<Step, { kind: 'place' }>,
): void => {
  const { plan } = party;
  const hub = plan.ground.hubNumbers.get(id) ?? 0;
  const road = layer === VEHICLE && way.vehicle !== null ? way.vehicle : 'foot';
  const launch = plan.launchTaken(hub, road, arrive - start);
  if (launch === null) {
    const from = plan.world.hubRoads(road).depart[hub] ?? null;
    addRoadTrip(legs, roadToPlace(party, road, from, (arrive - legs.now) / 1000));
    return;
  }
  const one = hubAt(party, hub);
  const water = plan.water(BOATS.launch);
  const depart = arrive - launch.onward_s * 1000;
  const reason = delayWords(party, launch.passage, legs.now + launch.wait_s * 1000, depart);
  legs.wait(depart, { via: [reason ?? WORDS.boarding, one.name], refs: [one.id], confidence: 'assumed' });
  addLanding(legs, party, water, 'ferry', depart + launch.way.duration_s * 1000, launch.way.line, arrive, {
    via: [WORDS.launch, one.name],
    refs: ['supposed-launch', one.id],
    confidence: 'assumed',
  });
};

/** A voyage to the water off the place, and ashore where that is land. */
const addLanding = (
  legs: Legs,
  party: Party,
  water: Water | null,
  mode: LegMode,
  sailed: number,
  line: readonly LonLat[],
  arrive: number,
  words: LegWords,
): void => {
  const { to } = party.plan;
  const shore = water?.shore ?? null;
  if (water === null || shore === null) {
    legs.go(mode, arrive, [...line, to], words);
    return;
  }
  const inshore_s = water.walk_s - seconds(water.walk_m, RULES.cross_country_kmh);
  legs.go(mode, sailed + inshore_s * 1000, [...line, shore], words);
  legs.wait(legs.now + water.landing_s * 1000, { via: [WORDS.shore], confidence: words.confidence ?? 'usual' });
  legs.go('foot', arrive, [to], { confidence: words.confidence ?? 'usual' });
};

const addSailing = (legs: Legs, party: Party, way: Sailing): void => {
  const { plan } = party;
  const confidence = way.own ? 'usual' : 'assumed';
  if (!way.own) {
    const { shore, walk_s } = way.from;
    if (shore !== null) legs.go('foot', legs.now + walk_s * 1000, [shore], { confidence });
    legs.wait(legs.now + (RULES.pick_up_s + outTo_s(way.from)) * 1000, { via: [WORDS.pickUp], confidence });
  }
  const out_ms = way.own ? outTo_s(way.from) * 1000 : 0;
  addDelay(legs, party, way.passage, way.depart - out_ms);
  const arrived = way.depart + way.way.duration_s * 1000;
  const via = way.own ? [] : [WORDS.launch];
  if (way.hub >= 0) {
    const hub = hubAt(party, way.hub);
    legs.go('boat', arrived, [...way.way.line, hub.at], { via: [...via, hub.name], refs: [hub.id], confidence });
    legs.wait(legs.now + hub.unloading_s * 1000, { via: [WORDS.berth, hub.name], refs: [hub.id], confidence });
    const from = plan.world.hubRoads('foot').depart[way.hub] ?? null;
    addRoadTrip(legs, roadToPlace(party, 'foot', from, (way.arrive - legs.now) / 1000));
    return;
  }
  const water = plan.water(way.boat);
  addLanding(legs, party, water, 'boat', arrived, way.way.line, way.arrive, { via, confidence });
};

const addFlight = (legs: Legs, party: Party, way: Flight): void => {
  const { plan } = party;
  addDelay(legs, party, way.passage, way.depart);
  const arrived = way.depart + way.flight_s * 1000;
  const { set_down_s } = way.craft;
  if (way.hub < 0) {
    legs.go('air', arrived, way.line, { distance_m: way.distance_m });
    legs.wait(way.arrive, { via: [WORDS.winch] });
    return;
  }
  const ground = hubAt(party, way.hub);
  legs.go('air', arrived, way.line, { via: [ground.name], refs: [ground.id], distance_m: way.distance_m });
  legs.wait(arrived + set_down_s * 1000, { via: [WORDS.setDown], refs: [ground.id] });
  const from = plan.world.hubRoads('foot').depart[way.hub] ?? null;
  addRoadTrip(legs, roadToPlace(party, 'foot', from, (way.arrive - legs.now) / 1000));
};

const addLift = (legs: Legs, party: Party, i: number, way: Lift): void => {
  const { plan } = party;
  const from = hubAt(party, way.hub);
  addToHub(legs, party, way.road, party.climbOf(i, way.road), way.hub, way.duration_s);
  const meeting = [fill(WORDS.meeting, { boat: way.boat.name }), from.name];
  legs.wait(way.ready, { via: meeting, refs: [from.id, way.boat.id] });
  addDelay(legs, party, way.passage, way.depart);
  const arrived = way.depart + way.way.duration_s * 1000;
  const named = fill(WORDS.seat, { boat: way.boat.name });
  const to = plan.ground.hubs[way.lands];
  if (to === undefined) {
    const words = { via: [named, from.name], refs: [way.boat.id, from.id] };
    addLanding(legs, party, plan.water(way.hull), 'boat', arrived, way.way.line, way.arrive, words);
    return;
  }
  legs.go('boat', arrived, [...way.way.line, to.at], {
    via: [named, from.name, to.name],
    refs: [way.boat.id, from.id, to.id],
  });
  legs.wait(legs.now + to.unloading_s * 1000, { via: [WORDS.berth, to.name], refs: [to.id] });
  const depart = plan.world.hubRoads('foot').depart[way.lands] ?? null;
  addRoadTrip(legs, roadToPlace(party, 'foot', depart, (way.arrive - legs.now) / 1000));
};

/** Why something leaves later than it could if it were open then; null when it does not. */
const delayWords = (party: Party, passage: Passage, ready: number, depart: number): Text | null =>
  depart > ready + 1000 ? (whyShut(passage, party.plan.world.conditions, ready)?.words ?? null) : null;

/** Waiting for tide, weather or an opening, with the reason. */
const addDelay = (legs: Legs, party: Party, passage: Passage, until: number): void => {
  if (until <= legs.now) return;
  const shut = whyShut(passage, party.plan.world.conditions, legs.now);
  legs.wait(until, { via: shut === null ? [] : [shut.words], refs: passage.ids });
};

/** Neighbouring legs of one mode over land as one leg. */
const joined = (legs: readonly Leg[]): readonly Leg[] => {
  const out: Leg[] = [];
  for (const next of legs) {
    const last = out.at(-1);
    if (last === undefined || last.mode !== next.mode || !OVER_LAND.includes(next.mode)) {
      out.push(next);
      continue;
    }
    out[out.length - 1] = {
      ...last,
      arrive: next.arrive,
      duration_s: (next.arrive - last.start) / 1000,
      distance_m: last.distance_m + next.distance_m,
      to: next.to,
      line: [...last.line, ...next.line.slice(1)],
      via: [...last.via, ...next.via],
      refs: [...last.refs, ...(last.refs.at(-1) === next.refs[0] ? next.refs.slice(1) : next.refs)],
      confidence: lesser(last.confidence, next.confidence),
    };
  }
  return out;
};

/** Rising. */
const SURENESS = ['assumed', 'usual', 'measured'] as const;

/** Two legs as one are as sure as the less sure of them. */
const lesser = (one: Leg['confidence'], other: Leg['confidence']): Leg['confidence'] =>
  SURENESS.find((sure) => sure === one || sure === other) ?? one;
const OVER_LAND: readonly string[] = ['foot', 'car', 'motorcycle', 'truck'];
