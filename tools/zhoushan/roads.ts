import { distance_m } from '#core/base/geo.ts';
import type { LonLat } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import type { Land } from '#world/places/land.ts';
import { metresPerDegreeLon, METRES_PER_DEGREE } from '#world/places/geometry.ts';
import { simplify } from '#world/places/simplify.ts';
import { CLASSES, field } from './carve.ts';
import type { Carving, RoadClass } from './carve.ts';

export const SPEED_KMH: Readonly<Record<RoadClass, number>> = {
  trunk: 70,
  primary: 55,
  secondary: 40,
  street: 30,
  track: 20,
  path: 4,
};

export interface Road {
  readonly id: string;
  readonly class: RoadClass;
  readonly speed_kmh: number;
  readonly foot: boolean;
  readonly bridge: boolean;
  readonly name: Text | null;
  readonly island: number;
  readonly line: readonly LonLat[];
}

export const round5 = (at: LonLat): LonLat => [Math.round(at[0] * 1e5) / 1e5, Math.round(at[1] * 1e5) / 1e5];

/** A cell's place on the map: its centre, moved a little by a smooth field so that nothing looks ruled. */
const warped = (carving: Carving, cell: number, strength: number): LonLat => {
  const { ground } = carving;
  const [lon, lat] = ground.centre(cell);
  const amplitude_m = ground.cell_m * 0.9 * strength;
  const x = (lon * metresPerDegreeLon(30)) / 650;
  const y = (lat * METRES_PER_DEGREE) / 650;
  const dx = (field(x, y, 11) - 0.5) * amplitude_m;
  const dy = (field(x, y, 23) - 0.5) * amplitude_m;
  return round5([lon + dx / metresPerDegreeLon(lat), lat + dy / METRES_PER_DEGREE]);
};

/**
 * Where each laid cell lies, so that no laid stretch touches a shore. Cells whose stretches would are moved less, or not;
 * fixed cells are never moved.
 */
export const placeCells = (carving: Carving, land: Land, fixed: ReadonlySet<number>): Map<number, LonLat> => {
  const n = carving.ground.usable.length;
  const strength = new Map<number, number>();
  for (const key of carving.edges.keys()) {
    strength.set(Math.floor(key / n), 1);
    strength.set(key % n, 1);
  }
  for (const cell of fixed) strength.set(cell, 0);
  const at = (cell: number): LonLat => warped(carving, cell, strength.get(cell) ?? 0);
  for (const next of [0.4, 0]) {
    for (const key of carving.edges.keys()) {
      const [a, b] = [Math.floor(key / n), key % n];
      if (!land.crossesShore(at(a), at(b))) continue;
      strength.set(a, Math.min(next, strength.get(a) ?? 0));
      strength.set(b, Math.min(next, strength.get(b) ?? 0));
    }
  }
  for (const key of carving.edges.keys()) {
    if (land.crossesShore(at(Math.floor(key / n)), at(key % n))) carving.edges.delete(key);
  }
  return new Map([...strength.keys()].map((cell) => [cell, at(cell)]));
};

/** Lines between junctions, one class each. `fixed` cells stay points of their own (piers, bridgeheads, towns). */
export const linesOf = (
  carving: Carving,
  land: Land,
  places: ReadonlyMap<number, LonLat>,
  fixed: ReadonlySet<number>,
): Road[] => {
  const n = carving.ground.usable.length;
  const links = new Map<number, { to: number; rank: number; key: number }[]>();
  const link = (from: number, to: number, rank: number, key: number): void => {
    const list = links.get(from) ?? [];
    list.push({ to, rank, key });
    links.set(from, list);
  };
  for (const [key, rank] of carving.edges) {
    link(Math.floor(key / n), key % n, rank, key);
    link(key % n, Math.floor(key / n), rank, key);
  }
  const through = (cell: number): boolean => {
    const list = links.get(cell) ?? [];
    return !fixed.has(cell) && list.length === 2 && list[0]?.rank === list[1]?.rank;
  };
  const used = new Set<number>();
  const roads: Road[] = [];
  const follow = (from: number, first: { to: number; rank: number; key: number }): void => {
    if (used.has(first.key)) return;
    const cells = [from];
    let step = first;
    for (;;) {
      used.add(step.key);
      cells.push(step.to);
      if (!through(step.to)) break;
      const onward = links.get(step.to)?.find((other) => !used.has(other.key));
      if (onward === undefined) break;
      step = onward;
    }
    const line = cells.map((cell) => places.get(cell) as LonLat);
    const clear = (a: LonLat, b: LonLat): boolean => distance_m(a, b) > 1 && !land.crossesShore(a, b);
    roads.push(road(carving.ground.mass, roads.length, CLASSES[first.rank] as RoadClass, simplify(line, 22, clear)));
  };
  const starts = [...links.keys()].toSorted((a, b) => a - b);
  for (const cell of starts) if (!through(cell)) for (const first of links.get(cell) ?? []) follow(cell, first);
  for (const cell of starts) for (const first of links.get(cell) ?? []) follow(cell, first);
  return roads;
};

const road = (mass: number, number: number, roadClass: RoadClass, line: readonly LonLat[]): Road => ({
  id: `road-${mass}-${number + 1}`,
  class: roadClass,
  speed_kmh: SPEED_KMH[roadClass],
  foot: true,
  bridge: false,
  name: null,
  island: mass,
  line,
});
