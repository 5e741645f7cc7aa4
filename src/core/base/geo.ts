/** WGS84 degrees, longitude first as in GeoJSON. */
export type LonLat = readonly [lon: number, lat: number];

/** Mean earth radius in metres (IUGG R1). */
export const EARTH_RADIUS_M = 6_371_008.8;
/** Metres in an international nautical mile. */
export const NAUTICAL_MILE_M = 1852;

export const isLonLat = (value: LonLat): boolean =>
  Number.isFinite(value[0]) && Number.isFinite(value[1]) && Math.abs(value[0]) <= 180 && Math.abs(value[1]) <= 90;

/** Great-circle distance by the haversine formula. */
export const distance_m = (a: LonLat, b: LonLat): number => {
  const radians = Math.PI / 180;
  const lat1 = a[1] * radians;
  const lat2 = b[1] * radians;
  const sinLat = Math.sin((lat2 - lat1) / 2);
  const sinLon = Math.sin(((b[0] - a[0]) * radians) / 2);
  const chord = sinLat * sinLat + Math.cos(lat1) * Math.cos(lat2) * sinLon * sinLon;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord)));
};
