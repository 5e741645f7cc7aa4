import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createTravel, prepareTravel } from '#engines/travel/join/engine.ts';
import { CALM } from '#engines/travel/conditions/conditions.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import type { Closure } from '#engines/travel/conditions/conditions.ts';
import { PROFILES } from '#engines/travel/profiles.ts';
import type { Sea } from '#engines/travel/sea/water.ts';
import { instant } from '#core/base/instant.ts';
import { at, ground as loaded, NOW } from './zhoushan.ts';

/** The city, telling what is made of it. */
const watched = () => {
  const made: string[] = [];
  const { place } = loaded;
  const seas = new Map(
    [...place.seas].map(([id, sea]): readonly [string, Sea] => [
      id,
      {
        ...sea,
        look: (berth) => {
          made.push(`look ${id}`);
          sea.look(berth);
        },
      },
    ]),
  );
  const ground = prepareTravel({
    ...place,
    seas,
    keeper: {
      keep: (name, piece) => {
        made.push(name);
        return place.keeper.keep(name, piece);
      },
    },
    roads: {
      ...place.roads,
      metric: (profile, closed) => {
        made.push(`weights ${profile.id} ${[...closed].join(',')}`);
        return place.roads.metric(profile, closed);
      },
      matrix: (metric, from, to) => {
        if (from.length > 1 && to.length > 1) made.push('hub to hub');
        return place.roads.matrix(metric, from, to);
      },
    },
  });
  return { ground, made };
};

const travellers = Object.keys(PROFILES).map((profile) => travellerAt(profile, at('沈家门'), profile));
const closure = (what: string): Closure => ({ what, from: instant(0), until: null, why: null });

describe('a place that is ready', () => {
  const { ground, made } = watched();
  const open = createTravel(ground, CALM);
  Array.from(open.ready(NOW.leave_at));
  const before = made.splice(0);

  test('was made a piece at a turn: crossings of every boat, roads of every profile', () => {
    for (const piece of [
      'crossings-launch',
      'crossings-rib',
      'berths-medium',
      'look shallow',
      'weights foot ',
      'hub to hub',
    ])
      assert.ok(before.includes(piece), piece);
  });

  test('is not made by its first questions, whoever travels', () => {
    const arrivals = open.toPlace(travellers, at('衢山'), NOW);
    assert.ok(arrivals.filter((one) => one.reason === null).length > 10);
    assert.deepEqual(made, []);
  });

  test('is not made anew when a line, an unknown thing, or a hub is closed, or the weather turns', () => {
    const hub = ground.hubs[0]?.id ?? '';
    const weather = { at: instant(0), wind_ms: 9, gust_ms: null, wave_m: 1, visibility_m: null };
    const area = { id: 'x', name: { zh: '海', en: 'sea' }, rings: [], series: [weather] };
    for (const conditions of [
      { ...CALM, closures: [closure('some-line'), closure('no-such-thing')] },
      { ...CALM, closures: [closure(hub)] },
      { ...CALM, areas: [area] },
    ])
      createTravel(ground, conditions).toPlace(travellers, at('衢山'), NOW);
    assert.deepEqual(made, []);
  });

  test('T7 answers the same, made ready for what is closed or not', () => {
    const way = loaded.place.roads.data.ways.id[100] as string;
    const conditions = { ...CALM, closures: [closure(way)] };
    const unready = createTravel(ground, { ...conditions }).toPlace(travellers, at('昌国'), NOW);
    const ready = createTravel(ground, conditions);
    Array.from(ready.ready(NOW.leave_at));
    made.splice(0);
    assert.deepEqual(ready.toPlace(travellers, at('昌国'), NOW), unready);
    assert.deepEqual(made, []);
  });
});
