import type { LonLat } from '#core/base/geo.ts';
import { distance_m, isLonLat } from '#core/base/geo.ts';
import { METRES_PER_DEGREE, between, metresPerDegreeLon } from '#world/places/geometry.ts';
import type { Land } from '#world/places/land.ts';
import type { Area, CurrentArea, SpeedArea } from './areas.ts';
import { AREA_MARGIN_M, borderOf, borderPoints, holds, strongest_ms, toArea } from './areas.ts';
import type { Corners } from './corners.ts';
import { addCorners, addFreePoint, noCorners } from './corners.ts';
import { outlined } from './outline.ts';
import type { DraughtClass, WaterAreas } from './water.ts';
import type { Walls } from './walls.ts';
import { buildWalls } from './walls.ts';

/** Where hulls of one draught may go: everything that does not change while a place is open, and what may. */
export interface Waters {
  readonly land: Land;
  readonly draught: DraughtClass;
  /** Shores with the margin of the class, and the borders of what is always closed to it. */
  readonly walls: Walls;
  /** Always closed to this class: too shallow, or no way through for anybody. */
  readonly barred: readonly Area[];
  /** Closed only while a question names them. By id. */
  readonly closable: readonly Area[];
  /** By id. */
  readonly speed: readonly SpeedArea[];
  /** By id. */
  readonly currents: readonly CurrentArea[];
  /** No current is stronger anywhere. */
  readonly current_ms: number;
  /** True in navigable water: far enough from shores and out of what is barred. */
  readonly isFree: (at: LonLat) => boolean;
  /** The walls as the turning points go round them: a little farther off, as they leave out small bends of the shore. */
  readonly wide: Walls;
  /** True where a way may begin at once: navigable, and not between the walls and the turning points. */
  readonly isRoomy: (at: LonLat) => boolean;
}

/**
 * Turning points go round the shore without its bends of less than this share of the margin, and that much farther off: a passage
 * narrower than 2.26 margins counts as closed.
 */
const SMOOTHED = 0.12;
/** How far outside a speed area or a current one goes round it. */
const BESIDE_M = 3;
/** Points a way may bend at along the border of a speed area or a current, at most, besides its corners. */
const BORDER_POINTS = 24;

const byId = (one: Area, other: Area): number => (one.id < other.id ? -1 : Number(one.id > other.id));

/** By id. */
export const currentsOf = ({ currents }: WaterAreas): readonly CurrentArea[] =>
  currents
    .map((area) => ({ ...toArea(area.id, area.rings), east_ms: area.east_ms, north_ms: area.north_ms }))
    .toSorted(byId);

export const watersOf = (land: Land, areas: WaterAreas, draught: DraughtClass): Waters => {
  const barred = [
    ...areas.shallows.filter((area) => area.depth_m <= draught.draught_m),
    ...areas.closed.filter((area) => area.always),
  ].map((area) => toArea(area.id, area.rings));
  const borders = barred.map(borderOf);
  const pieces = Float64Array.from([land.shore, ...borders].flatMap((list) => Array.from(list)));
  const shores = land.shore.length / 4;
  const margin_m = Float64Array.from({ length: pieces.length / 4 }, (_, i) =>
    i < shores ? draught.margin_m : AREA_MARGIN_M,
  );
  const smooth_m = draught.margin_m * SMOOTHED;
  const wide = buildWalls(
    pieces,
    margin_m.map((margin, i) => (i < shores ? margin + smooth_m : margin)),
    land,
  );
  const walls = wide.nearer(margin_m);
  const isFree = (at: LonLat): boolean =>
    isLonLat(at) && walls.clear(at, at) && land.partAt(at) === null && !barred.some((area) => holds(area, at));
  const currents = currentsOf(areas);
  return {
    land,
    draught,
    walls,
    wide,
    barred,
    closable: areas.closed
      .filter((area) => !area.always)
      .map((area) => toArea(area.id, area.rings))
      .toSorted(byId),
    speed: areas.speed.map((area) => ({ ...toArea(area.id, area.rings), max_kmh: area.max_kmh })).toSorted(byId),
    currents,
    current_ms: strongest_ms(currents),
    isFree,
    isRoomy: (at) => isFree(at) && wide.clear(at, at),
  };
};

/** Every point a shortest way may bend at. */
export const cornersOf = (waters: Waters): Corners => {
  const corners = noCorners();
  const { land, draught, barred, closable, speed, currents, isFree } = waters;
  const smooth_m = draught.margin_m * SMOOTHED;
  const add = (pieces: Float64Array, margin_m: number, free: (at: LonLat) => boolean): void =>
    addCorners(corners, pieces, new Float64Array(pieces.length / 4).fill(margin_m), free);
  add(outlined(land.shore, smooth_m), draught.margin_m + smooth_m, isFree);
  for (const area of barred) add(borderOf(area), AREA_MARGIN_M, isFree);
  for (const area of closable) add(borderOf(area), AREA_MARGIN_M, (at) => isFree(at) && !holds(area, at));
  for (const area of [...speed, ...currents])
    for (const at of alongBorder(area).map((point) => besideBorder(area, point)))
      if (isFree(at)) addFreePoint(corners, at);
  return corners;
};

/** The corners of an area and points between them, more on longer sides. */
const alongBorder = (area: Area): readonly LonLat[] => {
  const sides = area.rings.flatMap((ring) => ring.slice(1).map((end, i) => [ring[i] as LonLat, end] as const));
  const length = (side: readonly [LonLat, LonLat]): number =>
    Math.hypot(side[1][0] - side[0][0], side[1][1] - side[0][1]);
  const step = sides.reduce((sum, side) => sum + length(side), 0) / BORDER_POINTS;
  return sides.flatMap((side) => {
    const count = Math.max(1, Math.round(length(side) / step));
    return Array.from({ length: count }, (_, i) => between(side[0], side[1], i / count));
  });
};

/** A point just outside: ways along the border are then not in the area by a rounding. */
const besideBorder = (area: Area, at: LonLat): LonLat => {
  let best: LonLat = at;
  let most_m = 0;
  for (let i = 0; i < 16; i += 1) {
    const angle = (Math.PI * i) / 8;
    const point: LonLat = [
      at[0] + (BESIDE_M * Math.cos(angle)) / metresPerDegreeLon(at[1]),
      at[1] + (BESIDE_M * Math.sin(angle)) / METRES_PER_DEGREE,
    ];
    const far_m = holds(area, point) ? 0 : distance_m(point, borderPoints(area, point)[0] ?? point);
    if (far_m <= most_m) continue;
    most_m = far_m;
    best = point;
  }
  return best;
};
