import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { Leg, Traveller } from '#engines/travel/spi.ts';
import { WAY_FLAG } from '#engines/travel/road/data.ts';
import { lineLength_m } from '#engines/travel/join/legs.ts';
import { RULES } from '#engines/travel/rules.ts';
import { between, segmentsMeet } from '#world/places/geometry.ts';
import type { ForceId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { travellerOf } from '#engines/dispatch/rank.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import type { ForceKind } from '#world/forces/force.ts';
import { FORCE_KINDS } from '#world/forces/kinds.ts';
import { ground, land, NOW, travelWith } from './zhoushan.ts';

const travel = travelWith();
const { data } = ground.place.roads;
const KINDS = ['officer', 'car', 'ptu-light', 'patrol-boat', 'landing-craft', 'helicopter', 'agency'] as const;

const anywhere: fc.Arbitrary<LonLat> = fc.tuple(
  fc.double({ min: 121.8, max: 122.9, noNaN: true }),
  fc.double({ min: 29.62, max: 30.86, noNaN: true }),
);
/** Near a pier or a road, where people are. */
const inhabited: fc.Arbitrary<LonLat> = fc
  .tuple(
    fc.integer({ min: 0, max: data.node_lon_e7.length - 1 }),
    fc.double({ min: -0.004, max: 0.004, noNaN: true }),
    fc.double({ min: -0.004, max: 0.004, noNaN: true }),
  )
  .map(([node, dx, dy]) => [
    (data.node_lon_e7[node] as number) / 1e7 + dx,
    (data.node_lat_e7[node] as number) / 1e7 + dy,
  ]);
const place = fc.oneof(inhabited, anywhere);
const traveller: fc.Arbitrary<Traveller> = fc
  .tuple(fc.constantFrom(...KINDS), place)
  .map(([kind, at]) => travellerOf({ id: `${kind}@${String(at)}` as ForceId, kind, home: at }, at));
const travellers = fc.array(traveller, { minLength: 1, maxLength: 6 });
const bridges = new Set(data.ways.id.filter((_, way) => ((data.ways.flags[way] as number) & WAY_FLAG.bridge) !== 0));
const closables = [
  ...new Set([...ground.hubs.map((hub) => hub.id), ...bridges, ...data.ways.id.filter((_, i) => i % 7 === 0)]),
];

/** Every shore the plain way: no index, each segment compared with each. */
const touchesLand = (a: LonLat, b: LonLat): boolean => {
  const { shore } = land;
  for (let i = 0; i < shore.length; i += 4) {
    const [x1, y1, x2, y2] = [shore[i], shore[i + 1], shore[i + 2], shore[i + 3]] as [number, number, number, number];
    if (Math.max(x1, x2) < Math.min(a[0], b[0]) || Math.min(x1, x2) > Math.max(a[0], b[0])) continue;
    if (Math.max(y1, y2) < Math.min(a[1], b[1]) || Math.min(y1, y2) > Math.max(a[1], b[1])) continue;
    if (segmentsMeet(a, b, [x1, y1], [x2, y2])) return true;
  }
  return false;
};

/** A voyage may begin at a berth on land and end by touching the shore: these ends are shortened by a few metres. */
const trimmed = (leg: Leg): readonly LonLat[] => {
  const line = [...leg.line];
  const shorten = (end: number, inner: number): void => {
    const from = line[inner] as LonLat;
    const to = line[end] as LonLat;
    const crossings = land.shoreCrossings(from, to);
    assert.ok(crossings.length <= 1, 'a berth lies across one shore at most');
    if (crossings[0] !== undefined) line[end] = between(from, to, Math.max(0, crossings[0] - 2 / distance_m(from, to)));
  };
  shorten(0, 1);
  shorten(line.length - 1, line.length - 2);
  return line;
};

describe('travel on the demonstration city, whatever is asked', () => {
  it('T1 never sails across land', () => {
    let voyages = 0;
    fc.assert(
      fc.property(traveller, place, (one, to) => {
        const found = travel.journey(one, to, NOW);
        if ('code' in found) return;
        for (const leg of found.legs.filter((each) => each.mode === 'boat' || each.mode === 'ferry')) {
          voyages += 1;
          const line = trimmed(leg);
          for (let i = 1; i < line.length; i += 1) {
            assert.ok(
              !touchesLand(line[i - 1] as LonLat, line[i] as LonLat),
              `${String(line[i - 1])} → ${String(line[i])}`,
            );
          }
        }
      }),
      { numRuns: 150, seed: 1 },
    );
    assert.ok(voyages > 50, `only ${voyages} voyages looked at`);
  });

  it('T1 never walks or drives across water, but over bridges', () => {
    fc.assert(
      fc.property(traveller, place, (one, to) => {
        const found = travel.journey(one, to, NOW);
        if ('code' in found) return;
        for (const leg of found.legs.filter((each) => !['boat', 'ferry', 'air'].includes(each.mode))) {
          if (leg.refs.some((ref) => bridges.has(ref))) continue;
          for (let i = 1; i < leg.line.length; i += 1) {
            const [a, b] = [leg.line[i - 1] as LonLat, leg.line[i] as LonLat];
            const crossings = land.shoreCrossings(a, b).filter((share) => share > 1e-6 && share < 1 - 1e-6);
            assert.deepEqual(crossings, [], `${leg.mode} ${String(a)} → ${String(b)}`);
          }
        }
      }),
      { numRuns: 150, seed: 2 },
    );
  });

  it('is never faster with something closed', () => {
    fc.assert(
      fc.property(travellers, place, fc.subarray(closables, { maxLength: 60 }), (group, to, closed) => {
        const open = travel.toPlace(group, to, NOW);
        travelWith(closed)
          .toPlace(group, to, NOW)
          .forEach((arrival, i) => {
            const before = open[i]?.duration_s ?? null;
            if (arrival.duration_s === null) return;
            assert.ok(
              before !== null && arrival.duration_s >= before,
              `${arrival.id}: ${before} → ${arrival.duration_s}`,
            );
          });
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('T4 gives the same answers in any order, and the journey agrees with the table', () => {
    fc.assert(
      fc.property(travellers, place, (group, to) => {
        const forth = travelWith().toPlace(group, to, NOW);
        const back = travel.toPlace(group.toReversed(), to, NOW).toReversed();
        assert.deepEqual(back, forth);
        group.forEach((one, i) => {
          const found = travel.journey(one, to, NOW);
          const arrival = forth[i];
          if ('code' in found) {
            assert.deepEqual(arrival?.reason, found);
            return;
          }
          assert.equal(found.duration_s, arrival?.duration_s);
          assert.ok(found.duration_s > 0);
          const sum_s = found.legs.reduce((sum, leg) => sum + leg.duration_s, 0);
          assert.ok(Math.abs(Math.ceil(sum_s - 1e-6) - found.duration_s) <= 1, `${sum_s} ≠ ${found.duration_s}`);
        });
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  it('T2, T5 begins with the turnout of the force’s kind, and each leg where the one before ended', () => {
    let journeys = 0;
    fc.assert(
      fc.property(traveller, place, (one, to) => {
        const found = travel.journey(one, to, NOW);
        if ('code' in found) return;
        journeys += 1;
        const { turnout_s } = FORCE_KINDS[one.id.split('@')[0] as ForceKind];
        assert.deepEqual([found.legs[0]?.mode, found.legs[0]?.duration_s], ['wait', turnout_s]);
        const plain = travel.journey(travellerAt(one.profile, one.at), to, {
          leave_at: found.legs[0]?.arrive as Instant,
        });
        assert.ok(!('code' in plain) && Math.abs(plain.duration_s + turnout_s - found.duration_s) <= 1);
        const ends = [one.at, ...found.legs.map((leg) => leg.line.at(-1) as LonLat)];
        const starts = [...found.legs.map((leg) => leg.line[0] as LonLat), to];
        for (const [i, start] of starts.entries()) {
          const gap_m = distance_m(ends[i] as LonLat, start);
          // A way may begin and end on the shore instead of beside it.
          const outer = i === 0 || i === starts.length - 1;
          assert.ok(
            gap_m < (outer ? RULES.shore_slack_m + 1 : 1),
            `${gap_m} m before leg ${i} of ${found.legs.map((leg) => leg.mode).join(', ')}`,
          );
        }
        const sum_s = found.legs.reduce((sum, leg) => sum + leg.duration_s, 0);
        assert.ok(Math.abs(Math.ceil(sum_s - 1e-6) - found.duration_s) <= 1, `${sum_s} ≠ ${found.duration_s}`);
        // Metres: of each leg those of its line, of the way those of its legs, in the table the same but for how steep a walk from the car is.
        for (const leg of found.legs)
          assert.ok(Math.abs(leg.distance_m - lineLength_m(leg.line)) < 2, `${leg.mode} ${leg.distance_m} m`);
        assert.equal(
          found.distance_m,
          found.legs.reduce((sum, leg) => sum + leg.distance_m, 0),
        );
        const table_m = travel.toPlace([one], to, NOW)[0]?.distance_m ?? 0;
        assert.ok(
          Math.abs(table_m - found.distance_m) <= 20 + 0.02 * found.distance_m,
          `${table_m} ≠ ${found.distance_m}`,
        );
      }),
      { numRuns: 200, seed: 6 },
    );
    assert.ok(journeys > 50, `only ${journeys} journeys looked at`);
  });

  it('finds a way for people and boats to every inhabited place', () => {
    fc.assert(
      fc.property(inhabited, (to) => {
        const group: Traveller[] = [
          travellerAt('car', [122.297, 29.951], 'car'),
          travellerAt('patrol-boat', [122.312, 29.94], 'boat'),
        ];
        const [car, boat] = travel.toPlace(group, to, NOW);
        assert.equal(car?.reason, null);
        // A boat’s crew goes ashore at a pier of the same island and walks; the mainland end of a bridge has no pier.
        if (land.partAt(to)?.kind !== 'mainland') assert.equal(boat?.reason, null);
      }),
      { numRuns: 120, seed: 5 },
    );
  });
});
