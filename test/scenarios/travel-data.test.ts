import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LonLat } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import { isSlug } from '#core/base/ids.ts';
import { travellerOf } from '#engines/dispatch/rank.ts';
import { BOATS, PROFILES } from '#engines/travel/profiles.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import type { Force } from '#world/forces/force.ts';
import { GEAR } from '#world/forces/gear.ts';
import { FORCE_KINDS, SKILL_NAMES } from '#world/forces/kinds.ts';
import type { FeatureCollection, LineGeometry } from '#world/places/geojson.ts';
import type { AdminFile, PlacesFile } from '#world/places/gazetteer.ts';
import { ground, land, NOW, readData, travelWith } from './zhoushan.ts';

const { places } = readData<PlacesFile>('places.json');
const roads =
  readData<
    FeatureCollection<LineGeometry, { readonly id: string; readonly bridge: boolean; readonly name: Text | null }>
  >('roads.geojson');
const admin = readData<AdminFile>('admin.json');
const { forces } = readData<{ readonly forces: readonly Force[] }>('forces.json');

describe('the demonstration city’s data', () => {
  it('has all 662 land polygons, 36 townships and 428 villages', () => {
    assert.equal(land.parts.length, 662);
    assert.equal(admin.townships.length, 36);
    assert.equal(admin.villages.length, 428);
  });

  it('puts every township and placed village on its own land, townships in their own district', () => {
    assert.deepEqual(
      places.filter((place) => place.kind === 'township').map((place) => place.code),
      admin.townships.map((township) => township.code),
    );
    for (const place of places) {
      const part = land.partAt([place.lon, place.lat]);
      assert.equal(part?.id, place.island, place.zh);
      assert.equal(part?.adcode, place.district, place.zh);
    }
  });

  it('keeps every road on land unless it is a bridge, and the whole under 15,000 points', () => {
    let points = 0;
    for (const { geometry, properties } of roads.features) {
      const line = geometry.coordinates;
      points += line.length;
      assert.ok(land.partAt(line[0] as LonLat) !== null && land.partAt(line.at(-1) as LonLat) !== null, properties.id);
      if (properties.bridge) {
        assert.notEqual(properties.name, null);
        continue;
      }
      for (let i = 1; i < line.length; i += 1) {
        assert.ok(!land.crossesShore(line[i - 1] as LonLat, line[i] as LonLat), properties.id);
      }
    }
    assert.ok(points < 15_000, `${points} points`);
  });

  it('joins all townships of one land mass, and all that bridges join, by car', () => {
    const travel = travelWith();
    const byBridge = [2, 3, 5, 6, 13];
    const joined = places.filter((place) => byBridge.includes(place.island));
    const from = joined.map((place) => travellerAt('car', [place.lon, place.lat], place.id));
    const to: LonLat = [122.105, 30.027];
    for (const traveller of from) {
      const found = travel.journey(traveller, to, NOW);
      assert.ok(!('code' in found) && !found.legs.some((leg) => leg.mode === 'ferry'), traveller.id);
    }
  });

  it('gives at least 45 piers a name in both languages, a road and open water', () => {
    const piers = ground.hubs.filter((hub) => hub.kind !== 'helipad');
    assert.ok(piers.length >= 45);
    for (const pier of piers) {
      assert.match(pier.name.zh, /示意/);
      assert.match(pier.name.en, /illustrative/);
    }
    for (const to of ground.landings) {
      assert.notEqual(ground.seaPoint(BOATS.launch, to), null, ground.hubs[to]?.id ?? '');
      const row = ground.seaTo(BOATS.launch, to, new Set());
      for (const from of ground.landings) if (from !== to) assert.ok(Number.isFinite(row[2 * from]), `${from} → ${to}`);
    }
  });

  it('has at least 90 forces, each where it can start from and of a known make', () => {
    assert.ok(forces.length >= 90);
    assert.equal(new Set(forces.map((force) => force.id)).size, forces.length);
    for (const force of forces) {
      const moves = PROFILES[FORCE_KINDS[force.kind].profile]?.moves ?? [];
      assert.ok(isSlug(force.id), force.id);
      assert.ok(moves.length > 0, force.kind);
      const [move] = moves;
      if (move?.by === 'boat') assert.equal(land.partAt(force.home), null, force.id);
      else assert.notEqual(land.partAt(force.home), null, force.id);
      for (const skill of force.skills) assert.ok(skill in SKILL_NAMES, skill);
      for (const gear of force.gear) assert.ok(gear in GEAR, gear);
    }
  });

  it('sends every force somewhere: all but drones reach Shenjiamen', () => {
    const travellers = forces.map((force) => travellerOf(force, force.home));
    const arrivals = travelWith().toPlace(travellers, [122.297, 29.951], NOW);
    const lost = arrivals.filter((arrival) => arrival.reason !== null && arrival.reason.code !== 'out-of-range');
    assert.deepEqual(
      lost.map((one) => one.id),
      [],
    );
  });
});
