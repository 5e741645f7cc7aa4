import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { distance_m } from '#core/base/geo.ts';
import { instant } from '#core/base/instant.ts';
import type { Instant } from '#core/base/instant.ts';
import { createTides } from '#engines/travel/conditions/tide.ts';
import type { TidesFile } from '#engines/travel/conditions/tide.ts';
import { takesBoats, takesVehicles } from '#engines/travel/hubs.ts';
import type { Hub } from '#engines/travel/hubs.ts';
import { BOATS } from '#engines/travel/profiles.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import type { FeatureCollection } from '#world/places/geojson.ts';
import { insideRing } from '#world/places/geometry.ts';
import type { Ring } from '#world/places/geometry.ts';
import { at, directory, ground, loaded, readData, travelWith } from './zhoushan.ts';

/** A moment in Zhoushan, as `2026-11-20T10:00`. */
const zhoushan = (clock: string): Instant => instant(Date.parse(`${clock}:00+08:00`));
const { timetable } = ground.place;
const ofDay = (day: string) =>
  timetable.connections(zhoushan(`${day}T00:00`), instant(zhoushan(`${day}T00:00`) + 86_400_000));
const lineOf = new Map(timetable.lines.map((line) => [line.id, line]));
const hubOf = (id: string): Hub => {
  const hub = ground.hubs[ground.hubNumbers.get(id) ?? -1];
  if (hub === undefined) throw new Error(`no pier ${id}`);
  return hub;
};
/** Fastest a line of each class may be, kilometres an hour. */
const FASTEST_KMH: Readonly<Record<string, number>> = { 'vehicle-ferry': 22, ferry: 26, 'fast-ferry': 50 };
const officer = (from: string) => travellerAt('officer', at(from));
const waters =
  readData<
    FeatureCollection<
      { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] },
      { readonly id: string; readonly kind: string; readonly name: Hub['name'] }
    >
  >('waters.geojson');

describe('the demonstration city’s lines', () => {
  it('are invented, and say so in both languages', () => {
    assert.ok(timetable.lines.length >= 12);
    for (const { name } of timetable.lines) {
      assert.match(name.zh, /示意/);
      assert.match(name.en, /illustrative/);
    }
  });

  it('sail between piers of the place, no faster over the water than such boats do, with vehicles from ramp to ramp', () => {
    const week = timetable.connections(zhoushan('2026-11-16T00:00'), zhoushan('2026-11-23T00:00'));
    assert.deepEqual(new Set(week.map((one) => one.line)), new Set(lineOf.keys()));
    const pairs = new Map(week.map((one) => [`${one.line} ${one.from} ${one.to}`, one]));
    for (const [pair, one] of pairs) {
      const line = lineOf.get(one.line);
      const [from, to] = [hubOf(one.from), hubOf(one.to)];
      const row = ground.seaTo(BOATS.launch, ground.hubNumbers.get(to.id) ?? 0, new Set());
      const sea_m = row[2 * (ground.hubNumbers.get(from.id) ?? 0) + 1] ?? Infinity;
      assert.ok(sea_m >= distance_m(from.at, to.at) * 0.9 && sea_m < Infinity, pair);
      const kmh = (sea_m * 3.6) / ((one.arrive - one.depart) / 1000);
      assert.ok(kmh > 3 && kmh <= (FASTEST_KMH[line?.carrier ?? ''] ?? 0), `${pair}: ${kmh} km/h`);
      for (const hub of [from, to])
        assert.ok(line?.takes === 'people' ? takesBoats(hub) : takesVehicles(hub), `${pair}: ${hub.kind}`);
    }
  });

  it('call at every island that has a pier, so that nothing is supposed there', () => {
    const served = ground.onServedLand(zhoushan('2026-11-20T10:00'));
    assert.deepEqual(
      ground.hubs.filter((hub) => takesBoats(hub) && !served.has(hub.id)).map((hub) => hub.id),
      [],
    );
  });

  it('join all piers with the roads between them', () => {
    const group = ground.hubs.map((_, hub) => hub);
    const join = (one: number, other: number): void => {
      const [kept, gone] = [group[one], group[other]];
      group.forEach((of, hub) => {
        if (of === gone) group[hub] = kept ?? hub;
      });
    };
    const count = ground.hubs.length;
    const { duration_s } = ground.hubRoads(ground.metric('foot', new Set()));
    duration_s.forEach((walk_s, slot) => {
      if (walk_s < Infinity) join(Math.floor(slot / count), slot % count);
    });
    for (const one of ofDay('2026-11-19'))
      join(ground.hubNumbers.get(one.from) ?? -1, ground.hubNumbers.get(one.to) ?? -1);
    const apart = ground.hubs.filter((hub, i) => takesBoats(hub) && group[i] !== group[ground.landings[0] ?? 0]);
    assert.deepEqual(
      apart.map((hub) => hub.id),
      [],
    );
  });

  it('run more often on days of rest, holidays among them, and after midnight at the weekend', () => {
    const boats = (day: string): number => ofDay(day).filter((one) => one.line === 'putuoshan').length;
    const workday = boats('2026-11-19');
    assert.ok(boats('2026-11-21') > workday);
    assert.equal(boats('2026-10-01'), boats('2026-11-21'), 'a Thursday of the national holiday');
    assert.equal(boats('2026-10-10'), workday, 'a Saturday worked in exchange');
    const nights = ofDay('2026-11-21').filter((one) => one.depart === zhoushan('2026-11-21T00:30'));
    assert.deepEqual(
      nights.map((one) => one.run.includes('2026-11-20')),
      [true],
    );
  });
});

describe('travel by timetable in the demonstration city', () => {
  it('drives an officer straight to the pier, where he waits for the afternoon boat to Miaozihu', () => {
    const found = travelWith().journey(officer('昌国'), at('庙子湖'), { leave_at: zhoushan('2026-11-20T10:00') });
    assert.ok(!('code' in found));
    const [car, , , ferry] = found.legs;
    assert.deepEqual([car?.mode, ferry?.mode], ['car', 'ferry']);
    assert.ok((car?.distance_m ?? Infinity) < 40_000, `${car?.distance_m} m`);
    assert.ok(ferry !== undefined);
    assert.ok(ferry.refs.includes('dongji') && ferry.refs.includes('pier-miaozihu'), ferry.refs.join());
    assert.deepEqual([ferry.start, ferry.confidence], [zhoushan('2026-11-20T13:00'), 'measured']);
  });

  it('leaves him ashore until the waves told for the southern waters are lower', () => {
    const calm = { gust_ms: null, wind_ms: 5, visibility_m: null };
    const series = [
      { at: zhoushan('2026-11-20T06:00'), wave_m: 4, ...calm },
      { at: zhoushan('2026-11-21T05:00'), wave_m: 1, ...calm },
    ];
    const travel = loaded.under({ closures: [], weather: new Map([['south', series]]), boats: [] });
    const found = travel.journey(officer('昌国'), at('庙子湖'), { leave_at: zhoushan('2026-11-20T10:00') });
    assert.ok(!('code' in found));
    const ferry = found.legs.find((leg) => leg.refs.includes('dongji'));
    assert.equal(ferry?.start, zhoushan('2026-11-21T08:30'));
  });
});

describe('waters and tides of the demonstration city', () => {
  it('have the water off every pier in one area the weather is told of', () => {
    assert.deepEqual(
      waters.features.filter(({ properties }) => properties.kind === 'weather').map(({ properties }) => properties.id),
      ['north', 'middle', 'south', 'inner'],
    );
    for (const hub of ground.hubs) {
      const areas = waters.features.filter(
        ({ properties, geometry }) =>
          properties.kind === 'weather' && insideRing(geometry.coordinates[0] ?? [], hub.sea ?? hub.at),
      );
      assert.equal(areas.length, 1, hub.id);
    }
  });

  it('let the tide shut a ramp and two beaches for part of a day', () => {
    const level_m = createTides(readData<TidesFile>('tides.json'));
    const needing = ground.hubs.filter((hub) => (hub.limits?.tide_min_m ?? null) !== null);
    assert.deepEqual(
      needing.map((hub) => hub.id),
      ['pier-dengbu', 'pier-jihu', 'pier-nansha'],
    );
    for (const hub of needing) {
      const levels = Array.from({ length: 24 * 15 }, (_, hour) =>
        level_m(hub.at, instant(zhoushan('2026-11-16T00:00') + hour * 3_600_000)),
      ).map((level) => level ?? Number.NaN);
      const least = hub.limits?.tide_min_m ?? Number.NaN;
      const open = levels.filter((level) => level >= least).length / levels.length;
      assert.ok(open > 0.4 && open < 0.999, `${hub.id} is open ${open} of the time`);
    }
  });

  it('have a source and a licence for every file', () => {
    const sources = readFileSync(path.join(directory, 'SOURCES.md'), 'utf8');
    const rows = sources.split('\n').filter((row) => row.startsWith('| '));
    for (const file of readdirSync(directory).filter((name) => name !== 'SOURCES.md' && !name.startsWith('.')))
      assert.ok(
        rows.some((row) => row.startsWith(`| ${file} `)),
        file,
      );
    assert.match(readFileSync(path.join(directory, 'tides.json'), 'utf8'), /CC BY 4\.0/);
    assert.match(sources, /TICON-4[^|]*CC BY 4\.0/);
  });
});
