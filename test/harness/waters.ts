import type { LonLat } from '#core/base/geo.ts';
import type { BoatClass, DraughtClass, WaterAreas } from '#engines/travel/sea/water.ts';
import { METRES_PER_DEGREE, metresPerDegreeLon } from '#world/places/geometry.ts';
import type { Ring } from '#world/places/geometry.ts';
import { buildLand } from '#world/places/land.ts';
import type { Land, LandCollection } from '#world/places/land.ts';

/** Small waters, drawn in metres, for unit tests of the sea: a hull, a boat that makes 10 m/s, and islands as rings. */
export const MARGIN_M = 50;
export const DRAUGHT: DraughtClass = { id: 'small', draught_m: 1.5, margin_m: MARGIN_M };
export const BOAT: BoatClass = { id: 'rib', draught: DRAUGHT, speed_kmh: 36, inshore_kmh: 9 };
export const NOTHING: WaterAreas = { shallows: [], closed: [], currents: [], speed: [] };
export const NONE: ReadonlySet<string> = new Set();

/** Positions of scenes are metres east and north of this corner. */
export const CORNER: LonLat = [122, 30];
export const SIDE_M = 12_000;
export const at = (x: number, y: number): LonLat => [
  CORNER[0] + x / metresPerDegreeLon(30),
  CORNER[1] + y / METRES_PER_DEGREE,
];
export const box = (x1: number, y1: number, x2: number, y2: number): Ring => [
  at(x1, y1),
  at(x2, y1),
  at(x2, y2),
  at(x1, y2),
  at(x1, y1),
];
export const sceneOf = (rings: readonly Ring[]): Land => {
  const [west, south] = at(0, 0);
  const [east, north] = at(SIDE_M, SIDE_M);
  const collection: LandCollection = {
    type: 'FeatureCollection',
    bbox: [west, south, east, north],
    features: rings.map((ring, id) => ({
      type: 'Feature',
      properties: { id, kind: 'island', km2: 1 },
      geometry: { type: 'Polygon', coordinates: [ring] },
    })),
  };
  return buildLand(collection);
};
