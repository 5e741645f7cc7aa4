import type { LonLat } from '#core/base/geo.ts';
import { ROAD_CLASSES, WAY_FLAG } from '#engines/travel/road/data.ts';
import { ROAD_PROFILES } from '#engines/travel/road/profiles.ts';
import type { Climb, RoadPath } from '#engines/travel/road/roads.ts';
import type { Ready } from './islands.ts';

/** One pair by car: ours and theirs in seconds, null where there is no way. */
export interface Pair {
  readonly from: LonLat;
  readonly to: LonLat;
  readonly ours_s: number | null;
  readonly theirs_s: number | null;
}

/** Relative difference of ours to theirs, of the pairs both have a way for. */
export const differences = (pairs: readonly Pair[]): readonly (Pair & { readonly by: number })[] =>
  pairs.flatMap((pair) =>
    pair.ours_s === null || pair.theirs_s === null || pair.theirs_s === 0
      ? []
      : [{ ...pair, by: (pair.ours_s - pair.theirs_s) / pair.theirs_s }],
  );

export const ours_s = ({ roads, metric, depart, arrive }: Ready, from: LonLat, to: LonLat): number | null => {
  const { duration_s } = roads.cost(metric, depart(from), arrive(to));
  return duration_s === Infinity ? null : duration_s;
};

/** What is known of a pair that one finds a way for and the other does not; null where nothing explains it. */
export const explain = (map: Ready, { from, to, ours_s: own }: Pair): string | null => {
  if (own !== null) return null;
  const ends = [from, to].flatMap((at) => explainEnd(map, at) ?? []);
  return ends.length === 0 ? null : ends.join('; ');
};

const km = (metres: number): string => `${(metres / 1000).toFixed(1)} km`;

const explainEnd = (map: Ready, at: LonLat): string | null => {
  const { roads, metric, snap, built } = map;
  const joins = snap(at);
  const [nearest] = joins;
  const [lon, lat] = at.map((degrees) => degrees.toFixed(4));
  if (nearest === undefined) return `snap: no road a car uses within reach of ${lon},${lat}`;
  const way = built.data.ways.id[built.data.edge_way[nearest.edge] ?? 0] ?? '';
  const free = roads.metric({ ...ROAD_PROFILES.car, height_cm: 0, width_cm: 0, weight_kg: 0 }, new Set());
  const all = lengthReached(map, roads.depart(free, joins), free);
  const own = lengthReached(map, roads.depart(metric, joins), metric);
  const whole = built.data.edge_length_m.reduce((sum, length) => sum + length, 0);
  if (own > whole / 4) return null;
  if (all > whole / 4) return `limit: ${way} by ${lon},${lat} and what leads there are signed for less than our car`;
  return `piece: ${way} by ${lon},${lat} is on ${km(own)} of roads that lead nowhere else`;
};

/** Metres of roads one gets to from a climb. */
const lengthReached = (
  { roads, built }: Ready,
  climb: Climb,
  metric: Ready['metric'] | ReturnType<Ready['roads']['metric']>,
): number => {
  const reached = roads.sweep(metric, climb, 'from');
  return built.data.edge_length_m.reduce(
    (sum, length, edge) => sum + ((reached[2 * edge] ?? Infinity) < Infinity ? length : 0),
    0,
  );
};

const TRACK = ROAD_CLASSES.indexOf('track');
const SERVICE = ROAD_CLASSES.indexOf('service');

/** What ours drives on that the two judge differently. */
export const featuresOf = ({ built: { data } }: Ready, path: RoadPath | null): string => {
  if (path === null) return 'no way';
  const metres = (isMeant: (way: number) => boolean): number =>
    path.edges.reduce((sum, edge) => {
      const way = data.edge_way[edge] ?? 0;
      return sum + (isMeant(way) ? (data.edge_length_m[edge] ?? 0) : 0);
    }, 0);
  const found = [
    ['tracks', metres((way) => data.ways.class[way] === TRACK)],
    ['service roads', metres((way) => data.ways.class[way] === SERVICE)],
    ['private roads', metres((way) => ((data.ways.flags[way] ?? 0) & WAY_FLAG.private) !== 0)],
  ] as const;
  const words = found.flatMap(([name, length]) => (length > 100 ? [`${name} ${km(length)}`] : []));
  return words.length === 0 ? 'none of these' : words.join(', ');
};
