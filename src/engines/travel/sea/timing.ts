import type { LonLat } from '#core/base/geo.ts';
import { METRES_PER_DEGREE, between, metresPerDegreeLon } from '#world/places/geometry.ts';
import type { Slow, SpeedArea } from './areas.ts';
import { limitAt } from './areas.ts';
import type { CurrentField } from './water.ts';

/** The current is sampled about this often along a leg, and at most so many times. */
const SAMPLE_M = 1500;
const MOST_SAMPLES = 16;
/** Slower over ground than this counts as not getting on. */
const LEAST_MS = 0.2;

/** Seconds for a leg in still water. @param slow its stretches with a limit */
export const still_s = (length_m: number, slow: readonly Slow[], kmh: number): number =>
  slow.reduce(
    (sum, stretch) => (stretch.max_kmh < kmh ? sum + stretch.length_m * 3.6 * (1 / stretch.max_kmh - 1 / kmh) : sum),
    (length_m * 3.6) / kmh,
  );

/**
 * Seconds for a leg in a current: the boat heads so that set and drift leave it on the line (course to steer); what is left along
 * the line is its speed over ground. Infinity where the current is stronger than the boat.
 * @param seen_ms told the strongest current met
 */
export const drift_s = (
  a: LonLat,
  b: LonLat,
  length_m: number,
  kmh: number,
  current: CurrentField,
  limits: readonly SpeedArea[],
  seen_ms: (speed: number) => void,
): number => {
  if (length_m === 0) return 0;
  const x = (b[0] - a[0]) * metresPerDegreeLon((a[1] + b[1]) / 2);
  const y = (b[1] - a[1]) * METRES_PER_DEGREE;
  const far = Math.hypot(x, y) || 1;
  const count = Math.min(MOST_SAMPLES, Math.max(1, Math.ceil(length_m / SAMPLE_M)));
  let sum_s = 0;
  for (let i = 0; i < count; i += 1) {
    const at = between(a, b, (i + 0.5) / count);
    const [east, north] = current(at);
    seen_ms(Math.hypot(east, north));
    const through = Math.min(kmh, limitAt(limits, at)) / 3.6;
    const across = (east * y - north * x) / far;
    if (Math.abs(across) >= through) return Infinity;
    const over = Math.sqrt(through * through - across * across) + (east * x + north * y) / far;
    if (over < LEAST_MS) return Infinity;
    sum_s += length_m / count / over;
  }
  return sum_s;
};
