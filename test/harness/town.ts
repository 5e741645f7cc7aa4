import * as fc from 'fast-check';
import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import { MODE_BIT, ROAD_CLASSES } from '#engines/travel/road/data.ts';
import type { RoadClass, RoadData, TurnBan } from '#engines/travel/road/data.ts';
import { metresPerDegreeLon, METRES_PER_DEGREE } from '#world/places/geometry.ts';

/** Metres to the east and north of the middle of a made-up town. */
export type Spot = readonly [east_m: number, north_m: number];

const MIDDLE: LonLat = [122, 30];

/** Position of a spot. @param middle of the town, where it is not to lie in the East China Sea */
export const placeOf = ([east_m, north_m]: Spot, middle: LonLat = MIDDLE): LonLat => {
  const lon = middle[0] + east_m / metresPerDegreeLon(middle[1]);
  return [lon > 180 ? lon - 360 : lon, middle[1] + north_m / METRES_PER_DEGREE];
};

export const ALL_MODES = Object.values(MODE_BIT).reduce((sum, bit) => sum | bit, 0);

/** An edge of a town; what is not said is a street for everybody, both ways. */
export interface TownEdge {
  readonly way: string;
  readonly from: number;
  readonly to: number;
  readonly via?: readonly Spot[];
  readonly forward?: number;
  readonly backward?: number;
  readonly class?: RoadClass;
  readonly flags?: number;
  readonly speed_kmh?: number;
  readonly fixed_s?: number;
  readonly name?: Text | null;
}

/** Roads from spots and edges between them, by their numbers. The first edge of a way says what all of it is. */
export const townOf = (
  nodes: readonly Spot[],
  edges: readonly TownEdge[],
  rest: { readonly barred?: readonly number[]; readonly bans?: readonly TurnBan[]; readonly middle?: LonLat } = {},
): RoadData => {
  const e7 = (spot: Spot): LonLat => {
    const [lon, lat] = placeOf(spot, rest.middle);
    return [Math.round(lon * 1e7), Math.round(lat * 1e7)];
  };
  const ways = [...new Map(edges.toReversed().map((edge) => [edge.way, edge])).values()].toReversed();
  const points = edges.map(({ via = [] }) => via.map(e7));
  const lengths = points.map((line) => line.length);
  const at = (node: number): Spot => nodes[node] as Spot;
  return {
    node_lon_e7: Int32Array.from(nodes, (spot) => e7(spot)[0]),
    node_lat_e7: Int32Array.from(nodes, (spot) => e7(spot)[1]),
    node_barred: Uint8Array.from(nodes, (_, node) => rest.barred?.[node] ?? 0),
    edge_from: Int32Array.from(edges, ({ from }) => from),
    edge_to: Int32Array.from(edges, ({ to }) => to),
    edge_way: Int32Array.from(edges, ({ way }) => ways.findIndex((one) => one.way === way)),
    edge_length_m: Float32Array.from(edges, ({ from, to, via = [] }) =>
      length_m([at(from), ...via, at(to)], rest.middle),
    ),
    edge_forward: Uint8Array.from(edges, ({ forward }) => forward ?? ALL_MODES),
    edge_backward: Uint8Array.from(edges, ({ backward }) => backward ?? ALL_MODES),
    edge_speed_kmh: Uint8Array.from(edges, ({ speed_kmh }) => speed_kmh ?? 40),
    edge_fixed_s: Uint32Array.from(edges, ({ fixed_s }) => fixed_s ?? 0),
    shape_start: Int32Array.from([0, ...lengths], (_, i) => lengths.slice(0, i).reduce((sum, n) => sum + n, 0)),
    shape_lon_e7: Int32Array.from(points.flat(), (point) => point[0]),
    shape_lat_e7: Int32Array.from(points.flat(), (point) => point[1]),
    ways: {
      id: ways.map(({ way }) => way),
      class: Uint8Array.from(ways, (one) => ROAD_CLASSES.indexOf(one.class ?? 'street')),
      flags: Uint8Array.from(ways, ({ flags }) => flags ?? 0),
      name: ways.map(({ name }) => name ?? null),
      max_height_cm: new Uint16Array(ways.length),
      max_width_cm: new Uint16Array(ways.length),
      max_weight_kg: new Uint32Array(ways.length),
    },
    bans: rest.bans ?? [],
  };
};

const length_m = (line: readonly Spot[], middle: LonLat | undefined): number =>
  line.slice(1).reduce((sum, spot, i) => sum + distance_m(placeOf(line[i] as Spot, middle), placeOf(spot, middle)), 0);

const SPOT = fc.tuple(fc.integer({ min: -1500, max: 1500 }), fc.integer({ min: -1500, max: 1500 }));
const MODES = fc.oneof({ arbitrary: fc.constant(ALL_MODES), weight: 3 }, { arbitrary: fc.nat(ALL_MODES), weight: 1 });

/** Towns of up to 12 nodes and 20 edges of any kind: one-way, for some modes only, round, doubled, leading nowhere, ferries. */
export const anyTown: fc.Arbitrary<RoadData> = fc
  .integer({ min: 1, max: 12 })
  .chain((nodes) =>
    fc.record({
      nodes: fc.array(SPOT, { minLength: nodes, maxLength: nodes }),
      barred: fc.array(fc.oneof({ arbitrary: fc.constant(0), weight: 5 }, fc.nat(ALL_MODES)), { maxLength: nodes }),
      edges: fc.array(
        fc.record({
          way: fc.nat(9).map((number) => `way/${number}`),
          from: fc.nat(nodes - 1),
          to: fc.nat(nodes - 1),
          via: fc.array(SPOT, { maxLength: 3 }),
          forward: MODES,
          backward: MODES,
          class: fc.constantFrom(...ROAD_CLASSES),
          flags: fc.nat(31),
          speed_kmh: fc.integer({ min: 1, max: 130 }),
          fixed_s: fc.oneof({ arbitrary: fc.constant(0), weight: 5 }, fc.nat(5000)),
          name: fc.option(
            fc.record({ zh: fc.string({ unit: 'grapheme' }), en: fc.string() }, { noNullPrototype: true }),
          ),
        }),
        { maxLength: 20 },
      ),
    }),
  )
  .map(({ nodes, edges, barred }) => townOf(nodes, edges, { barred, bans: bansOf(edges) }));

/** Forbids the turn from some edges to the next where they meet. */
const bansOf = (edges: readonly TownEdge[]): TurnBan[] =>
  edges.flatMap((edge, number) => {
    const next = edges[number + 1];
    return next !== undefined && number % 3 === 0 && next.from === edge.to
      ? [{ edges: [number, number + 1], at: edge.to, modes: ALL_MODES }]
      : [];
  });
