import type { LonLat } from '#core/base/geo.ts';
import { METRES_PER_DEGREE, metresPerDegreeLon } from '#world/places/geometry.ts';
import type { CurrentArea, Slow, SpeedArea } from './areas.ts';
import { holds, limitAt, piecesOf, touches } from './areas.ts';

/** Slower over ground than this counts as not getting on. */
const LEAST_MS = 0.2;

/** Seconds for a leg in still water. @param slow its stretches with a limit */
export const still_s = (length_m: number, slow: readonly Slow[], kmh: number): number =>
  slow.reduce(
    (sum, stretch) => (stretch.max_kmh < kmh ? sum + stretch.length_m * 3.6 * (1 / stretch.max_kmh - 1 / kmh) : sum),
    (length_m * 3.6) / kmh,
  );

/**
 * Seconds for a leg from a to b in currents: the boat heads so that set and drift leave it on the line (course to steer); what is left along
 * the line is its speed over ground. Infinity where the current is stronger than the boat.
 */
export const drift_s = (
  a: LonLat,
  b: LonLat,
  length_m: number,
  kmh: number,
  currents: readonly CurrentArea[],
  limits: readonly SpeedArea[],
): number => {
  if (length_m === 0) return 0;
  const x = (b[0] - a[0]) * metresPerDegreeLon((a[1] + b[1]) / 2);
  const y = (b[1] - a[1]) * METRES_PER_DEGREE;
  const far = Math.hypot(x, y) || 1;
  const near = [...currents, ...limits].filter((area) => touches(area, a, b));
  let sum_s = 0;
  for (const { share, at } of piecesOf(near, a, b)) {
    const [east_ms, north_ms] = currentAt(currents, at);
    const through = Math.min(kmh, limitAt(limits, at)) / 3.6;
    const across = (east_ms * y - north_ms * x) / far;
    if (Math.abs(across) >= through) return Infinity;
    const over = Math.sqrt(through * through - across * across) + (east_ms * x + north_ms * y) / far;
    if (over < LEAST_MS) return Infinity;
    sum_s += (length_m * share) / over;
  }
  return sum_s;
};

const currentAt = (areas: readonly CurrentArea[], at: LonLat): readonly [east_ms: number, north_ms: number] => {
  let [east_ms, north_ms] = [0, 0];
  for (const area of areas) {
    if (!holds(area, at)) continue;
    east_ms += area.east_ms;
    north_ms += area.north_ms;
  }
  return [east_ms, north_ms];
};
