import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { Ring } from '#world/places/geometry.ts';
import { holds, piecesOf, toArea, touches } from '../sea/areas.ts';
import type { Area } from '../sea/areas.ts';
import type { WeatherArea } from './conditions.ts';

/** A part of a line inside an area, as shares (0 … 1) of its length. */
export type Stretch = readonly [from: number, until: number];

const AREAS = new WeakMap<readonly Ring[], Area>();
const STRETCHES = new WeakMap<readonly LonLat[], Map<readonly Ring[], readonly Stretch[]>>();

/** Where a line lies in an area, to the border; the same rings and line are looked at once. A line of one point is in it or not: [0, 0]. */
export const stretchesIn = ({ id, rings }: WeatherArea, line: readonly LonLat[]): readonly Stretch[] => {
  const ofLine = STRETCHES.get(line) ?? new Map<readonly Ring[], readonly Stretch[]>();
  STRETCHES.set(line, ofLine);
  const known = ofLine.get(rings);
  if (known !== undefined) return known;
  const area = AREAS.get(rings) ?? toArea(id, rings);
  AREAS.set(rings, area);
  const found = inside(area, line);
  ofLine.set(rings, found);
  return found;
};

const inside = (area: Area, line: readonly LonLat[]): readonly Stretch[] => {
  const [first] = line;
  const lengths_m = line.slice(1).map((end, i) => distance_m(line[i] as LonLat, end));
  const whole_m = lengths_m.reduce((sum, one) => sum + one, 0);
  if (whole_m === 0) return first !== undefined && holds(area, first) ? [[0, 0]] : [];
  const found: [number, number][] = [];
  let gone = 0;
  lengths_m.forEach((length_m, i) => {
    const [a, b] = [line[i] as LonLat, line[i + 1] as LonLat];
    const share = length_m / whole_m;
    for (const piece of touches(area, a, b) ? piecesOf([area], a, b) : []) {
      const from = gone + piece.from * share;
      const until = from + piece.share * share;
      const last = found.at(-1);
      if (!holds(area, piece.at)) continue;
      if (last !== undefined && from - last[1] < 1e-9) last[1] = until;
      else found.push([from, until]);
    }
    gone += share;
  });
  return found;
};
