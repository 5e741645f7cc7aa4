import type { LonLat } from '#core/base/geo.ts';
import { nearestOnSegment } from './geometry.ts';

/**
 * Fewer points for a line: drops those nearer than `tolerance_m` to the line without them (Douglas & Peucker 1973).
 * @param keep says whether a shortened stretch may stand; default always
 */
export const simplify = (
  line: readonly LonLat[],
  tolerance_m: number,
  keep: (a: LonLat, b: LonLat) => boolean = () => true,
): LonLat[] => {
  const first = line[0];
  const last = line[line.length - 1];
  if (first === undefined || last === undefined || line.length < 3) return [...line];
  let worst = -1;
  let farthest_m = 0;
  for (let i = 1; i < line.length - 1; i += 1) {
    const { distance_m } = nearestOnSegment(line[i] as LonLat, first, last);
    if (distance_m > farthest_m) {
      worst = i;
      farthest_m = distance_m;
    }
  }
  if (farthest_m <= tolerance_m && keep(first, last)) return [first, last];
  const split = worst > 0 ? worst : line.length >> 1;
  return [
    ...simplify(line.slice(0, split + 1), tolerance_m, keep).slice(0, -1),
    ...simplify(line.slice(split), tolerance_m, keep),
  ];
};
