import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { FORCE_KINDS } from '#world/forces/kinds.ts';
import { buildNetwork } from './network.ts';
import type { PlaceData } from './network.ts';
import type { RoadProperties } from './roads.ts';
import { RULES, seconds } from './rules.ts';
import { createTravel } from './travel.ts';

/** A square island, so large that its middle is out of reach of the shore: only the roads count there. */
const ISLAND: PlaceData['land'] = {
  type: 'FeatureCollection',
  bbox: [121.98, 29.98, 122.22, 30.22],
  features: [
    {
      type: 'Feature',
      properties: { id: 1, kind: 'island', km2: 400, adcode: '330902', name: '方岛' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [122, 30],
            [122.2, 30],
            [122.2, 30.2],
            [122, 30.2],
            [122, 30],
          ],
        ],
      },
    },
  ],
};
const SIZE = 4;
/** Junctions some 800 m apart, in the middle of the island. */
const junction = (i: number): LonLat => [122.08 + (i % SIZE) * 0.0083, 30.08 + Math.floor(i / SIZE) * 0.0072];

interface Street {
  readonly a: number;
  readonly b: number;
  readonly kind: 'street' | 'path' | 'trunk';
  readonly closed: boolean;
}
const streets: fc.Arbitrary<readonly Street[]> = fc
  .array(
    fc.record({
      keep: fc.boolean(),
      kind: fc.constantFrom('street' as const, 'path' as const, 'trunk' as const),
      closed: fc.boolean(),
    }),
    {
      minLength: 2 * SIZE * SIZE,
      maxLength: 2 * SIZE * SIZE,
    },
  )
  .map((wishes) =>
    wishes.flatMap(({ keep, kind, closed }, i) => {
      const a = i >> 1;
      const right = i % 2 === 0;
      const inside = right ? a % SIZE < SIZE - 1 : a < SIZE * (SIZE - 1);
      return keep && inside ? [{ a, b: right ? a + 1 : a + SIZE, kind, closed }] : [];
    }),
  );

const SPEED = { street: 30, path: 4, trunk: 70 } as const;

const dataOf = (list: readonly Street[]): PlaceData => ({
  land: ISLAND,
  roads: {
    type: 'FeatureCollection',
    features: list.map(({ a, b, kind }, i) => {
      const properties: RoadProperties = {
        id: `r${i}`,
        class: kind,
        speed_kmh: SPEED[kind],
        foot: true,
        bridge: false,
        name: null,
      };
      return { type: 'Feature', properties, geometry: { type: 'LineString', coordinates: [junction(a), junction(b)] } };
    }),
  },
  piers: { type: 'FeatureCollection', features: [] },
  sea: { nodes: [], edges: [], piers: {} },
});

/** The same by plain relaxation until nothing changes: states are (junction, in the car or on foot). */
const oracle_s = (list: readonly Street[], closed: boolean, byCar: boolean, from: number, to: number): number => {
  const foot = Array.from({ length: SIZE * SIZE }, () => Infinity);
  const car = foot.slice();
  foot[to] = 0;
  for (let round = 0; round < 2 * SIZE * SIZE; round += 1) {
    list.forEach((street) => {
      const length = distance_m(junction(street.a), junction(street.b));
      for (const [a, b] of [
        [street.a, street.b],
        [street.b, street.a],
      ] as const) {
        foot[a] = Math.min(foot[a] as number, (foot[b] as number) + seconds(length, RULES.walk_kmh));
        if (street.kind === 'path' || (closed && street.closed)) continue;
        car[a] = Math.min(car[a] as number, (car[b] as number) + seconds(length, SPEED[street.kind]));
      }
    });
    car.forEach((time, i) => (car[i] = Math.min(time, (foot[i] as number) + RULES.park_s)));
  }
  const atRoad = (i: number, usable: (street: Street) => boolean): boolean =>
    list.some((street) => (street.a === i || street.b === i) && usable(street));
  const far = distance_m(junction(from), junction(to));
  const straight = far <= RULES.straight_walk_m ? seconds(far, RULES.cross_country_kmh) : Infinity;
  const walking = Math.min(straight, atRoad(from, () => true) ? (foot[from] as number) : Infinity);
  const drives = byCar && atRoad(from, (street) => street.kind !== 'path' && !(closed && street.closed));
  return Math.min(walking, drives ? (car[from] as number) : Infinity);
};

describe('travel over small road networks', () => {
  it('agrees with a plain search, on foot and by car, open and closed', () => {
    fc.assert(
      fc.property(streets, fc.nat(SIZE * SIZE - 1), fc.nat(SIZE * SIZE - 1), (list, from, to) => {
        const open = createTravel(buildNetwork(dataOf(list)));
        const shut = open.withClosures(list.flatMap((street, i) => (street.closed ? [`r${i}`] : [])));
        // Junctions off every road are joined to roads far away by walking; that is tested on real data.
        fc.pre([from, to].every((i) => list.some((street) => street.a === i || street.b === i)));
        for (const kind of ['officer', 'car'] as const) {
          for (const [closed, travel] of [
            [false, open],
            [true, shut],
          ] as const) {
            const [arrival] = travel.toPlace([{ id: 'x', kind, at: junction(from) }], junction(to));
            const expected_s = oracle_s(list, closed, kind === 'car', from, to) + FORCE_KINDS[kind].turnout_s;
            if (arrival === undefined || arrival.duration_s === null) assert.equal(expected_s, Infinity);
            else
              assert.ok(
                Math.abs(arrival.duration_s - expected_s) <= 1.01,
                `${kind}: ${arrival.duration_s}, plain ${expected_s}`,
              );
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('refuses data whose pier joins nothing', () => {
    const data = dataOf([]);
    const features = [
      {
        type: 'Feature' as const,
        properties: {
          id: 'pier-x',
          kind: 'small' as const,
          name: { zh: '码头', en: 'pier' },
          island: 1,
          draught_m: 3,
          sea: [122.21, 30.1] as const,
        },
        geometry: { type: 'Point' as const, coordinates: [122.199, 30.1] as const },
      },
    ];
    assert.throws(
      () => buildNetwork({ ...data, piers: { type: 'FeatureCollection', features } }),
      /pier-x joins no road/,
    );
  });
});
