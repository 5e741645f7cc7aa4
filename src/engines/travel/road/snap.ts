import type { LonLat } from '#core/base/geo.ts';
import { distance_m, isLonLat } from '#core/base/geo.ts';
import type { Result } from '#core/base/result.ts';
import { err, ok } from '#core/base/result.ts';
import { metresPerDegreeLon, METRES_PER_DEGREE } from '#world/places/geometry.ts';
import { MODE_BIT, ROAD_CLASSES, WAY_FLAG } from './data.ts';
import type { RoadData, RoadMode } from './data.ts';
import { byDistance, indexEdges } from './edge-index.ts';
import type { NearEdge } from './edge-index.ts';
import type { Ground } from './ground.ts';
import { openEdges } from './pockets.ts';
import type { RoadPoint, Roads } from './roads.ts';
import { degreesEast, latAt, lonAt } from './shape.ts';

/** What joining the roads assumes. Planning values. */
export const SNAP = {
  /** Walking straight over open ground, and a vehicle from a yard to the road it stands by. */
  foot_kmh: 3.5,
  vehicle_kmh: 8,
  /** Looked for one after the other until something is near; the last is the farthest. A vehicle farther from every road stays. */
  foot_reaches_m: [100, 800, 3000],
  vehicle_reaches_m: [100, 400],
  /** Joined besides the nearest: what is within `near_factor` × its distance and `near_m` more. */
  near_factor: 1.5,
  near_m: 60,
  /** No nearer than this is a motorway, bridge or tunnel joined from beside it. */
  on_road_m: 30,
  /** How far from a pocket the nearest road that leads on is looked for. */
  pocket_m: 400,
  /** Widest stretch of water one is taken across: ditches, and shores drawn coarsely. */
  water_m: 50,
  /** How far off the shore, a bridge or a quay one still counts as standing on it: maps and receivers are not better. */
  shore_m: 40,
  /** At most so many edges, and so many of one way. */
  edges: 12,
  edges_of_way: 2,
} as const;

/** position-invalid: no position on earth. at-sea: in the water. off-network: no usable road within reach over land. */
export type SnapFault = 'position-invalid' | 'at-sea' | 'off-network';

/**
 * Where a position joins the roads a mode may use, nearest first.
 *
 * - All edges within 1.5 × the distance of the nearest and 60 m more, the nearest 12, 2 of one way. Which way along them, and which of them, is
 *   decided by who asks (the climb tries both directions that are allowed). The side of the road one stands at costs only the way to its middle:
 *   the two roadways of a divided road are edges of their own, each joined at its distance.
 * - Never across water: for a position on land no edge to which the straight line crosses a stretch of water of more than 50 m. Shorter ones
 *   are ditches, or shores that are drawn more coarsely than the roads.
 * - A position in the water joins nothing, unless a road or a shore is within `seaReach_m`, the nearer of them: then it is taken to stand on a
 *   bridge, a quay or land the map does not have, or to be that far off the shore and joins what the shore joins.
 * - Motorways, bridges and tunnels are joined by who is on them (30 m): fences, water or rock lie between. Farther off only where there is nothing else.
 * - Where only pockets are near (a yard behind a gate), the nearest edge within 400 m that leads on is one more.
 *
 * Nothing here depends on closures: a closed edge stays a candidate nobody can use, and closing something never makes anything faster.
 * The order of the data makes no difference either. Some 20 µs in a town.
 */
export type Snap = (at: LonLat, mode: RoadMode, seaReach_m?: number) => Result<readonly RoadPoint[], SnapFault>;

/** @param ground null where the place has no land drawn: then water is not looked at */
export const createSnap = (data: RoadData, ground: Ground | null): Snap => {
  const near = indexEdges(data);
  const order = byDistance(data);
  const open = new Map<RoadMode, Uint8Array>();
  const openOf = (mode: RoadMode): Uint8Array => {
    const known = open.get(mode) ?? openEdges(data, mode);
    open.set(mode, known);
    return known;
  };
  const join = (at: LonLat, mode: RoadMode, dry: boolean, seaReach_m: number): readonly RoadPoint[] => {
    const search: Search = {
      near: (reach_m) => near(at, reach_m, MODE_BIT[mode]),
      order,
      reaches_m: !dry ? [seaReach_m] : mode === 'foot' ? SNAP.foot_reaches_m : SNAP.vehicle_reaches_m,
      reachable: (edge) => !dry || ground === null || ground.widestWater_m(at, pointOn(data, edge)) <= SNAP.water_m,
      ordinary: (edge) => edge.distance_m <= SNAP.on_road_m || !isSeparate(data, edge.edge),
    };
    const kept = thinned(data, candidates(search));
    const leads = kept.length === 0 || kept.some((edge) => openOf(mode)[edge.edge] === 1);
    const onward = leads ? null : leadingOn(search, openOf(mode));
    const speed_ms = speedOf_ms(mode);
    return (onward === null ? kept : [...kept, onward]).map((edge) => pointOf(data, edge, speed_ms));
  };
  const fromWater = (at: LonLat, mode: RoadMode, reach_m: number): readonly RoadPoint[] => {
    const roads = join(at, mode, false, reach_m);
    const shore = ground?.ashore(at, Math.min(reach_m, roads[0]?.access_m ?? Infinity)) ?? null;
    if (shore === null) return roads;
    const off_m = distance_m(at, shore);
    const ashore = join(shore, mode, true, 0).map((point) => fartherBy(point, off_m, mode));
    return ashore.length === 0 ? roads : ashore;
  };
  return (at, mode, seaReach_m = 0) => {
    if (!isLonLat(at)) return err('position-invalid');
    const dry = ground === null || ground.isLand(at);
    const points = dry ? join(at, mode, true, 0) : seaReach_m > 0 ? fromWater(at, mode, seaReach_m) : [];
    if (points.length > 0) return ok(points);
    return err(dry ? 'off-network' : 'at-sea');
  };
};

/** Where positions join roads by a metric's mode, as `Roads.snap` is to answer; those up to 40 m off a shore or quay count as on it. */
export const snapBy =
  (snap: Snap): Roads['snap'] =>
  (at, metric) => {
    const found = snap(at, metric.profile.mode, SNAP.shore_m);
    return found.ok ? found.value : [];
  };

/** One position and mode: what is near, and what of it may be joined. */
interface Search {
  readonly near: (reach_m: number) => readonly NearEdge[];
  /** Nearest first. */
  readonly order: (one: NearEdge, other: NearEdge) => number;
  readonly reaches_m: readonly number[];
  /** Not across water. */
  readonly reachable: (edge: NearEdge) => boolean;
  /** Joined from beside it. */
  readonly ordinary: (edge: NearEdge) => boolean;
}

const candidates = (search: Search): readonly NearEdge[] => {
  const both = (edge: NearEdge): boolean => search.ordinary(edge) && search.reachable(edge);
  const ordinary = aroundNearest(search, both);
  return ordinary.length > 0 ? ordinary : aroundNearest(search, search.reachable);
};

/** The nearest usable edge and what is about as near, in order; empty when none is within reach. */
const aroundNearest = ({ near, order, reaches_m }: Search, usable: Usable): readonly NearEdge[] => {
  for (const reach_m of reaches_m) {
    const found = near(reach_m);
    const nearest = nearestOf(found, order, usable);
    if (nearest === undefined) continue;
    const limit_m = nearest.distance_m * SNAP.near_factor + SNAP.near_m;
    const around = limit_m <= reach_m ? found : near(limit_m);
    return around.filter((edge) => edge.distance_m <= limit_m && usable(edge)).sort(order);
  }
  return [];
};

/** The nearest edge that leads on, within reach of a pocket; null where none does (a small island is a pocket too). */
const leadingOn = ({ near, order, reaches_m, ordinary, reachable }: Search, open: Uint8Array): NearEdge | null => {
  const found = near(Math.min(SNAP.pocket_m, reaches_m.at(-1) as number));
  return nearestOf(found, order, (edge) => open[edge.edge] === 1 && ordinary(edge) && reachable(edge)) ?? null;
};

type Usable = (edge: NearEdge) => boolean;

/** The first usable one. Mostly that is the very nearest, so they are put in order only where it is not: looking for water takes long. */
const nearestOf = (edges: readonly NearEdge[], order: Search['order'], usable: Usable): NearEdge | undefined => {
  let nearest = edges[0];
  for (const edge of edges) if (edge.distance_m < (nearest as NearEdge).distance_m) nearest = edge;
  return nearest === undefined || usable(nearest) ? nearest : edges.toSorted(order).find(usable);
};

/** The nearest few, and not only of one way that winds past. */
const thinned = (data: RoadData, edges: readonly NearEdge[]): readonly NearEdge[] => {
  const kept: NearEdge[] = [];
  for (const edge of edges) {
    const way = data.edge_way[edge.edge];
    let already = 0;
    for (const other of kept) if (data.edge_way[other.edge] === way) already += 1;
    if (already < SNAP.edges_of_way) kept.push(edge);
    if (kept.length === SNAP.edges) break;
  }
  return kept;
};

const MOTORWAY = ROAD_CLASSES.indexOf('motorway');

const isSeparate = (data: RoadData, edge: number): boolean => {
  const way = data.edge_way[edge] as number;
  return (
    data.ways.class[way] === MOTORWAY || ((data.ways.flags[way] as number) & (WAY_FLAG.bridge | WAY_FLAG.tunnel)) !== 0
  );
};

const pointOn = (data: RoadData, { edge, piece, share }: NearEdge): LonLat => {
  const lon = lonAt(data, edge, piece);
  const lat = latAt(data, edge, piece);
  if (share === 0) return [lon, lat];
  const east = lon + share * degreesEast(lon, lonAt(data, edge, piece + 1));
  return [
    east > 180 ? east - 360 : east < -180 ? east + 360 : east,
    lat + share * (latAt(data, edge, piece + 1) - lat),
  ];
};

const speedOf_ms = (mode: RoadMode): number => (mode === 'foot' ? SNAP.foot_kmh : SNAP.vehicle_kmh) / 3.6;

const fartherBy = (point: RoadPoint, off_m: number, mode: RoadMode): RoadPoint => ({
  ...point,
  access_m: point.access_m + off_m,
  access_s: point.access_s + off_m / speedOf_ms(mode),
});

const pointOf = (data: RoadData, near: NearEdge, speed_ms: number): RoadPoint => ({
  edge: near.edge,
  share: shareOf(data, near),
  at: pointOn(data, near),
  access_m: near.distance_m,
  access_s: near.distance_m / speed_ms,
});

/** Share of the length of the whole edge that lies before the nearest point. */
const shareOf = (data: RoadData, { edge, piece, share }: NearEdge): number => {
  const pieces = (data.shape_start[edge + 1] as number) - (data.shape_start[edge] as number) + 1;
  if (pieces === 1) return share;
  let before = 0;
  let whole = 0;
  let [lon, lat] = [lonAt(data, edge, 0), latAt(data, edge, 0)];
  for (let i = 0; i < pieces; i += 1) {
    const [nextLon, nextLat] = [lonAt(data, edge, i + 1), latAt(data, edge, i + 1)];
    const length = planeLength(degreesEast(lon, nextLon), lat, nextLat);
    whole += length;
    before += i < piece ? length : i === piece ? share * length : 0;
    [lon, lat] = [nextLon, nextLat];
  }
  return whole === 0 ? 0 : Math.min(1, before / whole);
};

/** Metres of a piece, on the plane: to the thousandth where it is shorter than some kilometres. @param east degrees */
const planeLength = (east: number, lat: number, other: number): number => {
  const x = east * metresPerDegreeLon((lat + other) / 2);
  const y = (other - lat) * METRES_PER_DEGREE;
  return Math.sqrt(x * x + y * y);
};
