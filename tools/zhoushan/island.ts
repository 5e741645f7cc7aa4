import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { between } from '#world/places/geometry.ts';
import type { Land } from '#world/places/land.ts';
import type { SeaMask } from './seamask.ts';
import { closeLoops, layCover, layMain, laySpur, layStreets, startCarving } from './carve.ts';
import type { Anchor, Carving, RoadClass } from './carve.ts';
import { buildGround, nearestCell } from './ground.ts';
import { linesOf, placeCells, round5, SPEED_KMH } from './roads.ts';
import type { Road } from './roads.ts';
import { BRIDGES, PIERS, TOWNS, VILLAGES } from './tables.ts';
import type { PierRow, Spot } from './tables.ts';

export interface PlacedPier extends PierRow {
  readonly land: LonLat;
  readonly sea: LonLat;
}
export interface IslandRoads {
  readonly roads: readonly Road[];
  readonly piers: readonly PlacedPier[];
  /** Settlement and bridgehead positions, keyed by the hint they were snapped from. */
  readonly spots: ReadonlyMap<Spot, LonLat>;
}

/** Trunk corridors on the main island, by township. */
const CORRIDORS: readonly (readonly [string, string])[] = [
  ['岑港街道', '双桥街道'],
  ['双桥街道', '盐仓街道'],
  ['盐仓街道', '昌国街道'],
  ['昌国街道', '城东街道'],
  ['城东街道', '临城街道'],
  ['临城街道', '千岛街道'],
  ['千岛街道', '沈家门街道'],
];

/** Lays every road of one land mass and its piers. */
export const layIsland = (land: Land, mask: SeaMask, mass: number, km2: number): IslandRoads => {
  const ground = buildGround(land, mass, km2 > 20 ? 100 : km2 > 1.5 ? 50 : 35);
  const carving = startCarving(ground);
  const towns = TOWNS.filter((row) => row.mass === mass);
  const heads = BRIDGES.flatMap((row) => [row.from, row.to]).filter((end) => end.mass === mass);
  const villages = VILLAGES.filter((row) => row.mass === mass && distanceToAll(row.at, towns) > 400);
  const anchors: Anchor[] = [
    ...towns.map((row) => ({ at: row.at, streets_m: row.streets_m, bridge: false })),
    ...villages.map((row) => ({ at: row.at, streets_m: 0, bridge: false })),
    ...heads.map((end) => ({ at: end.at, streets_m: 0, bridge: true })),
  ];
  const piers = PIERS.filter((row) => row.mass === mass);
  const berths = new Map(piers.map((row) => [row.id, berthCell(carving, land, mask, row)]));
  if (anchors.length === 0) {
    const first = berths.get(piers[0]?.id ?? '');
    if (first !== undefined) carving.touched[first] = 1;
  }
  const index = (name: string): number => towns.findIndex((row) => row.name === name);
  layMain(carving, anchors, mass === 2 ? CORRIDORS.map(([a, b]) => [index(a), index(b)] as const) : []);
  towns.forEach((row, i) => layStreets(carving, anchors[i] as Anchor, mass * 100 + i + row.streets_m));
  const local: RoadClass = towns.length > 0 || heads.length > 0 ? 'street' : 'track';
  for (const row of piers) {
    const cell = berths.get(row.id);
    if (cell !== undefined)
      laySpur(carving, ground.centre(cell), row.kind === 'ramp' ? 'secondary' : row.kind === 'beach' ? 'track' : local);
  }
  layCover(carving, km2 > 20 ? 1700 : 900, km2 > 20 ? 'secondary' : 'track');
  layCover(carving, km2 > 20 ? 1000 : 450, km2 > 4 ? 'track' : 'path');
  closeLoops(carving, km2 > 20 ? 2500 : 900, km2 > 4 ? 'track' : 'path');
  return placed(carving, land, mask, piers, berths, anchors);
};

const distanceToAll = (at: LonLat, rows: readonly { readonly at: LonLat }[]): number =>
  Math.min(Infinity, ...rows.map((row) => distance_m(at, row.at)));

const placed = (
  carving: Carving,
  land: Land,
  mask: SeaMask,
  rows: readonly PierRow[],
  berths: ReadonlyMap<string, number>,
  anchors: readonly Anchor[],
): IslandRoads => {
  const { ground, piece } = carving;
  const spots = new Map<Spot, LonLat>();
  const fixed = new Set<number>(berths.values());
  for (const anchor of anchors) {
    const cell = nearestCell(ground, piece, anchor.at);
    fixed.add(cell);
    spots.set(anchor.at, round5(ground.centre(cell)));
  }
  for (const row of VILLAGES) {
    if (row.mass === ground.mass && !spots.has(row.at))
      spots.set(row.at, round5(ground.centre(nearestCell(ground, piece, row.at))));
  }
  const places = placeCells(carving, land, fixed);
  const roads = linesOf(carving, land, places, fixed);
  const piers: PlacedPier[] = [];
  for (const row of rows) {
    const cell = berths.get(row.id);
    if (cell === undefined) throw new Error(`no shore with open water for ${row.id}`);
    const head = round5(ground.centre(cell));
    const found = berth(land, mask, row, head);
    if (found === null) throw new Error(`no open water off ${row.id}`);
    piers.push({ ...row, land: found.land, sea: found.sea });
    const roadClass = row.kind === 'ramp' ? 'secondary' : ground.cell_m < 50 ? 'path' : 'track';
    roads.push({
      id: `road-${row.id}`,
      class: roadClass,
      speed_kmh: SPEED_KMH[roadClass],
      foot: true,
      bridge: false,
      name: null,
      island: row.mass,
      line: [head, found.land],
    });
  }
  return { roads, piers, spots };
};

/** The usable cell nearest to where a pier should be that has open water off its shore. */
const berthCell = (carving: Carving, land: Land, mask: SeaMask, row: PierRow): number => {
  const { ground, piece } = carving;
  const cells: { cell: number; far: number }[] = [];
  for (let cell = 0; cell < piece.length; cell += 1) {
    if (piece[cell] === 1 && (ground.inland[cell] as number) < 4)
      cells.push({ cell, far: distance_m(ground.centre(cell), row.at) });
  }
  cells.sort((a, b) => a.far - b.far || a.cell - b.cell);
  const found = cells.find(({ cell }) => berth(land, mask, row, round5(ground.centre(cell))) !== null);
  if (found === undefined) throw new Error(`no shore with open water for ${row.id}`);
  return found.cell;
};

/** Foot of the pier just inside the shore nearest to `head`, and the open water off it. */
const berth = (land: Land, mask: SeaMask, row: PierRow, head: LonLat): { land: LonLat; sea: LonLat } | null => {
  const shore = land.nearestShore(head, 600, row.mass);
  if (shore === null || shore.distance_m < 20) return null;
  const foot = round5(between(head, shore.at, 1 - 12 / shore.distance_m));
  if (land.crossesShore(head, foot)) return null;
  for (const sea of mask.openAround(shore.at, 450)) {
    if (land.shoreCrossings(foot, sea).length === 1)
      return { land: foot, sea: [Math.round(sea[0] * 1e6) / 1e6, Math.round(sea[1] * 1e6) / 1e6] };
  }
  return null;
};
