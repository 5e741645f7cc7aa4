import type { Arrival, Isochrone, Journey, NoWay } from '#engines/travel/spi.ts';

/** A way as screens and programs read it. */
export const routeView = (journey: Journey | NoWay) =>
  'legs' in journey
    ? {
        duration_s: journey.duration_s,
        distance_m: journey.distance_m,
        start_ms: journey.start as number,
        arrive_ms: journey.arrive as number,
        reason: null,
        legs: journey.legs.map(({ start, arrive, line, via, refs, ...leg }) => ({
          ...leg,
          start_ms: start as number,
          arrive_ms: arrive as number,
          line: [...line],
          via: [...via],
          refs: [...refs],
        })),
      }
    : { duration_s: null, distance_m: null, start_ms: null, arrive_ms: null, reason: journey, legs: [] };

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
      coordinates: polygons.map((rings) => rings.map((ring) => [...ring])),
    },
  })),
});
