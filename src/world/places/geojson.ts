import type { LonLat } from '#core/base/geo.ts';

/** The parts of GeoJSON (RFC 7946) the platform's own data files use, already parsed. */
export interface FeatureCollection<Geometry, Properties> {
  readonly type: 'FeatureCollection';
  readonly features: readonly Feature<Geometry, Properties>[];
}
export interface Feature<Geometry, Properties> {
  readonly type: 'Feature';
  readonly properties: Properties;
  readonly geometry: Geometry;
}
export interface PointGeometry {
  readonly type: 'Point';
  readonly coordinates: LonLat;
}
export interface LineGeometry {
  readonly type: 'LineString';
  readonly coordinates: readonly LonLat[];
}
export type AreaGeometry =
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly LonLat[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly LonLat[])[])[] };
