import type { LonLat } from '#core/base/geo.ts';
import type { Arrival, Isochrone, Journey, Leg, NoWay } from '#engines/travel/spi.ts';

type Reason = NoWay | null;

/** A way as screens and programs read it; where there is none the numbers are null and the reason says why. */
export interface RouteView {
  duration_s: number | null;
  distance_m: number | null;
  start_ms: number | null;
  arrive_ms: number | null;
  reason: Reason;
  legs: LegView[];
}
type LegView = ReturnType<typeof legView>;

export const routeView = (journey: Journey | NoWay): RouteView =>
  'legs' in journey
    ? {
        duration_s: journey.duration_s,
        distance_m: journey.distance_m,
        start_ms: journey.start,
        arrive_ms: journey.arrive,
        reason: null,
        legs: journey.legs.map(legView),
      }
    : { duration_s: null, distance_m: null, start_ms: null, arrive_ms: null, reason: journey, legs: [] };

const pair = ([lon, lat]: LonLat): [number, number] => [lon, lat];

const legView = ({ start, arrive, from, to, line, via, refs, ...leg }: Leg) => ({
  ...leg,
  start_ms: start as number,
  arrive_ms: arrive as number,
  from: pair(from),
  to: pair(to),
  line: line.map(pair),
  via: [...via],
  refs: [...refs],
});

/** Durations and distances row by row, with the reason of every pair that has none. */
export const matrixView = (rows: readonly (readonly Arrival[])[]) => ({
  duration_s: rows.map((row) => row.map((one) => one.duration_s)),
  distance_m: rows.map((row) => row.map((one) => one.distance_m)),
  reasons: rows.flatMap((row, from) =>
    row.flatMap(({ reason }, to) => (reason === null ? [] : [{ from, to, reason }])),
  ),
});

/** Areas as GeoJSON, smallest limit first. */
export const isochroneView = (areas: readonly Isochrone[]) => ({
  type: 'FeatureCollection' as const,
  features: areas.map(({ limit_s, polygons }) => ({
    type: 'Feature' as const,
    properties: { limit_s },
    geometry: {
      type: 'MultiPolygon' as const,
      coordinates: polygons.map((rings) => rings.map((ring) => ring.map(pair))),
    },
  })),
});
