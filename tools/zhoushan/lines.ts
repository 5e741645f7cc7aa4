/**
 * Makes data/zhoushan/lines.json, an invented ferry network, from `line-tables.ts` and the land, piers and holidays that lie there:
 * `node tools/zhoushan/lines.ts`. Deterministic: the same files give the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BOATS } from '#engines/travel/profiles.ts';
import type { PierCollection } from '#engines/travel/hubs.ts';
import { QUAY_M } from '#engines/travel/hubs.ts';
import { createSea } from '#engines/travel/sea/sea.ts';
import type { LandCollection } from '#world/places/land.ts';
import { buildLand } from '#world/places/land.ts';
import { CRAFT, LAUNCHES, LINES } from './line-tables.ts';
import type { Days, LineRow } from './line-tables.ts';
import { BRIDGES } from './tables.ts';

const directory = join(import.meta.dirname, '..', '..', 'data', 'zhoushan');
const read = <T>(name: string): T => JSON.parse(readFileSync(join(directory, name), 'utf8')) as T;

/** Casting off and coming alongside. */
const BERTHING_MINUTES = 5;
/** Times are told in steps of this. */
const ROUND_MINUTES = 5;
/** At a pier between two crossings. */
const STOP_MINUTES = 10;
const NO_AREAS = { shallows: [], closed: [], currents: [], speed: [] };

const { holidays, workdays } = read<{ readonly holidays: readonly string[]; readonly workdays: readonly string[] }>(
  'holidays.json',
);
const SERVICES: Readonly<Record<Days, object>> = {
  daily: { weekdays: '1111111' },
  workdays: { weekdays: '1111100', added: workdays, removed: holidays },
  restdays: { weekdays: '0000011', added: holidays, removed: workdays },
  /** The night boats of Friday and Saturday. */
  nights: { weekdays: '0000110' },
};

const { features } = read<PierCollection>('piers.geojson');
const piers = new Map(
  features.map(({ properties, geometry }) => [properties.id, properties.sea ?? geometry.coordinates]),
);
const sea = createSea(buildLand(read<LandCollection>('land.geojson')), NO_AREAS, BOATS['vehicle-ferry'].draught);
const sea_m = (from: string, to: string): number => {
  const [start, end] = [from, to].map((id) => {
    const at = piers.get(id);
    const water = at === undefined ? null : sea.join(at, QUAY_M);
    if (water === null) throw new Error(`no water off ${id}`);
    return water;
  }) as [readonly [number, number], readonly [number, number]];
  const way = sea.field(start, 'from', BOATS['vehicle-ferry'], new Set()).way(end);
  if (way === null) throw new Error(`no way by sea from ${from} to ${to}`);
  return way.distance_m;
};

const crossingMinutes = (from: string, to: string, kmh: number): number => {
  const [one, other] = from < to ? [from, to] : [to, from];
  const minutes = (sea_m(one, other) / 1000 / kmh) * 60 + BERTHING_MINUTES;
  return Math.ceil(minutes / ROUND_MINUTES) * ROUND_MINUTES;
};

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Calls of a trip, counted from its first departure. */
const callsOf = (hubs: readonly string[], kmh: number): readonly object[] => {
  let at = 0;
  return hubs.map((hub, i) => {
    const before = hubs[i - 1];
    if (before === undefined) return { hub, depart: clock(0) };
    at += crossingMinutes(before, hub, kmh);
    const arrive = clock(at);
    if (i === hubs.length - 1) return { hub, arrive };
    at += STOP_MINUTES;
    return { hub, arrive, depart: clock(at) };
  });
};

const tripsOf = ({ id, by, calls, out, back }: LineRow): readonly object[] => {
  const { kmh } = CRAFT[by];
  return (
    [
      ['out', calls, out],
      ['back', calls.toReversed(), back],
    ] as const
  ).flatMap(([way, hubs, times]) => {
    const along = callsOf(hubs, kmh);
    return Object.entries(times).map(([service, departures]) => ({
      id: `${id}-${way}-${service}`,
      line: id,
      service,
      calls: along,
      departures,
    }));
  });
};

/** Land masses one walks between, by the least number of each group. */
const walkable = (): ((mass: number) => number) => {
  const of = new Map<number, number>();
  const least = (mass: number): number => {
    const next = of.get(mass);
    return next === undefined ? mass : least(next);
  };
  for (const { from, to, foot } of BRIDGES) {
    const [one, other] = [least(from.mass), least(to.mass)];
    if (foot && one !== other) of.set(Math.max(one, other), Math.min(one, other));
  }
  return least;
};

/** Every island with a pier where no line calls has a launch to the nearest pier that has one. */
const launchTrips = (): readonly object[] => {
  const land = walkable();
  const called = new Set(LINES.flatMap((row) => row.calls));
  const landings = features.flatMap(({ properties: { id, kind, island } }) =>
    island === undefined || kind === 'beach' || kind === 'helipad' ? [] : [{ id, land: land(island) }],
  );
  const reached = new Set(landings.filter(({ id }) => called.has(id)).map((one) => one.land));
  return landings.flatMap((one) => {
    if (reached.has(one.land)) return [];
    reached.add(one.land);
    const [nearest] = [...called].toSorted((a, b) => sea_m(a, one.id) - sea_m(b, one.id) || (a < b ? -1 : 1));
    if (nearest === undefined) throw new Error('no line calls anywhere');
    return (
      [
        ['out', [nearest, one.id]],
        ['back', [one.id, nearest]],
      ] as const
    ).map(([way, hubs]) => ({
      id: `${LAUNCHES.id}-${one.id.replace('pier-', '')}-${way}`,
      line: LAUNCHES.id,
      service: 'daily',
      calls: callsOf(hubs, CRAFT[LAUNCHES.by].kmh),
      frequencies: [LAUNCHES.runs],
    }));
  });
};

const lineOf = ({ id, zh, en, by }: Pick<LineRow, 'id' | 'zh' | 'en' | 'by'>): object => {
  const { takes, carrier, boarding_s, unloading_s } = CRAFT[by];
  return { id, name: { zh: `${zh}（示意）`, en: `${en} (illustrative)` }, takes, carrier, boarding_s, unloading_s };
};

/** One thing a line, so that a change is seen in a diff. */
const list = (all: readonly unknown[]): string => all.map((one) => JSON.stringify(one)).join(',\n');

/** The whole file. */
const fileOf = (): string => {
  const head = JSON.stringify({
    id: 'illustrative',
    zone: 'Asia/Shanghai',
    source: 'Invented for the demonstration; nobody’s timetable.',
  }).slice(0, -1);
  const services = Object.entries(SERVICES).map(([id, service]) => ({ id, ...service }));
  const parts = [
    `"lines":[\n${list([...LINES, LAUNCHES].map(lineOf))}\n]`,
    `"services":[\n${list(services)}\n]`,
    `"trips":[\n${list([...LINES.flatMap(tripsOf), ...launchTrips()])}\n]`,
  ];
  return `{"version":1,"feeds":[\n${head},\n${parts.join(',\n')}}]}\n`;
};

const content = fileOf();
writeFileSync(join(directory, 'lines.json'), content);
process.stdout.write(`lines.json: ${LINES.length + 1} lines, ${Math.round(content.length / 1024)} kB\n`);
