import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { z } from 'zod';
import { isochroneSchema, matrixSchema, routeSchema, routesSchema } from '#wire/travel.ts';
import { extractBytes } from '../harness/osm-pbf.ts';
import { runCli, tempDir } from '../harness/server.ts';

/**
 * A place of nothing but roads, as `import osm` makes it: two towns 2 km apart, a bridge between them, and a longer way round.
 *
 *     1 ──10 (bridge)── 2
 *      \                 \
 *       └──── 20 ──── 3 ──┘
 */
const EXTRACT = extractBytes([
  {
    nodes: [
      { id: 1, lon: 122, lat: 30 },
      { id: 2, lon: 122.02, lat: 30 },
      { id: 3, lon: 122.01, lat: 29.98 },
    ],
    ways: [
      { id: 10, refs: [1, 2], tags: { highway: 'primary', bridge: 'yes', maxspeed: '60' } },
      { id: 20, refs: [1, 3, 2], tags: { highway: 'primary', maxspeed: '60' } },
    ],
  },
]);
const WEST = '122.0002,30';
const EAST = '122.0198,30';

const { dir, remove } = tempDir();
after(remove);
const place = path.join(dir, 'place');
const run = (...args: readonly string[]): ReturnType<typeof runCli> => runCli(args, dir, {});
const travel = (question: string, ...args: readonly string[]): ReturnType<typeof runCli> =>
  run('travel', question, '--place', place, '--profile', 'car', '--json', ...args);
const told = <T>(ran: Awaited<ReturnType<typeof runCli>>, schema: z.ZodType<T>): T => {
  assert.equal(ran.code, 0, ran.stdout + ran.stderr);
  return schema.parse(JSON.parse(ran.stdout));
};

describe('travel on the command line', async () => {
  const file = path.join(dir, 'towns.osm.pbf');
  writeFileSync(file, EXTRACT);
  assert.equal((await run('import', 'osm', file, '--out', place)).code, 0);

  it('route names the legs and the ways they run over; what if one is closed, it goes round', async () => {
    const direct = told(await travel('route', '--from', WEST, '--to', EAST), routeSchema);
    assert.deepEqual(
      direct.legs.map((leg) => [leg.mode, leg.refs]),
      [['car', ['way/10']]],
      'a plain drive, that begins at once',
    );
    const turned = told(await travel('route', '--from', WEST, '--to', EAST, '--turnout', '90'), routeSchema);
    assert.equal(turned.duration_s, (direct.duration_s ?? 0) + 90);
    assert.ok(direct.duration_s !== null && direct.distance_m !== null);
    const legs_s = direct.legs.reduce((sum, leg) => sum + leg.duration_s, 0);
    assert.ok(Math.abs(legs_s - direct.duration_s) <= 1, 'durations are rounded up to whole seconds once');
    const round = told(await travel('route', '--from', WEST, '--to', EAST, '--close', 'way/10'), routeSchema);
    assert.ok(round.legs.some((leg) => leg.refs.includes('way/20')));
    assert.ok((round.duration_s ?? 0) > direct.duration_s);
    assert.ok((round.distance_m ?? 0) > direct.distance_m);
  });

  it('a closed road is closed to vehicles; null with the reason where nothing gets there', async () => {
    const onFoot = told(await travel('route', '--from', WEST, '--to', EAST, '--close', 'way/10,way/20'), routeSchema);
    assert.ok(onFoot.legs.every((leg) => leg.mode === 'foot' || leg.mode === 'wait'));
    const abroad = told(await travel('route', '--from', WEST, '--to', '10,50'), routeSchema);
    assert.equal(abroad.duration_s, null);
    assert.ok(abroad.reason !== null && abroad.reason.words.zh !== '' && abroad.reason.words.en !== '');
  });

  it('matrix takes points from a GeoJSON file, isochrone answers GeoJSON, alternatives are a list', async () => {
    const points = path.join(dir, 'points.geojson');
    const geometry = { type: 'MultiPoint', coordinates: [WEST, EAST].map((at) => at.split(',').map(Number)) };
    writeFileSync(points, JSON.stringify({ type: 'Feature', properties: {}, geometry }));
    const matrix = told(await travel('matrix', '--many', points), matrixSchema);
    assert.equal(matrix.duration_s.length, 2);
    const [[, there = null] = [], [back = null] = []] = matrix.duration_s;
    assert.ok(there !== null && back !== null && there > 60);
    const reach = told(await travel('isochrone', '--from', WEST, '--limits', '2,5'), isochroneSchema);
    assert.deepEqual(
      reach.features.map((one) => one.properties.limit_s),
      [120, 300],
    );
    assert.ok(reach.features.every((one) => one.geometry.coordinates.length > 0));
    const ways = told(await travel('route', '--alternatives', '--from', WEST, '--to', EAST), routesSchema);
    assert.ok(ways.routes.length >= 1);
  });

  it('the same place off the road takes no time, and what is near is walked to straight, though no land is drawn', async () => {
    const walk = async (from: string, to: string) => {
      const way = told(await travel('route', '--profile', 'foot', '--from', from, '--to', to), routeSchema);
      return [way.duration_s, way.distance_m];
    };
    // 445 m north of the bridge; then 11 m and 111 m from there.
    assert.deepEqual(await walk('122.01,30.004', '122.01,30.004'), [0, 0]);
    assert.deepEqual(await walk('122.01,30.004', '122.01,30.0041'), [12, 11]);
    assert.deepEqual(await walk('122.01,30.004', '122.01,30.005'), [115, 111]);
    const [far_s = 0] = await walk('122.005,30.001', '122.015,30.001');
    assert.ok((far_s ?? 0) > 700, 'farther than from the roads it is not known what lies between');
  });

  it('arrives by a time, and leaves at one', async () => {
    const by = told(
      await travel('route', '--from', WEST, '--to', EAST, '--arrive-by', '2026-11-22T08:00:00Z'),
      routeSchema,
    );
    assert.ok((by.arrive_ms ?? Infinity) <= Date.UTC(2026, 10, 22, 8));
    const at = told(await travel('route', '--from', WEST, '--to', EAST, '--at', '2026-11-22T08:00:00Z'), routeSchema);
    assert.equal(at.start_ms, Date.UTC(2026, 10, 22, 8));
  });

  it('bad usage is 2, a place or file that cannot be used is 1 with code and words', async () => {
    for (const args of [
      ['--from', 'NaN,30', '--to', EAST],
      ['--from', '122,91', '--to', EAST],
      ['--from', WEST, '--to', EAST, '--at', 'tomorrow'],
      ['--from', WEST, '--to', EAST, '--at', '5'],
      ['--from', WEST, '--to', EAST, '--at', '2026-02-30T10:00:00Z'],
      ['--from', WEST, '--to', EAST, '--at', '2026-11-22T08:00:00Z', '--arrive-by', '2026-11-22T09:00:00Z'],
      ['--from', WEST, '--to', EAST, '--close', ''],
      ['--from', WEST, '--to', EAST, '--turnout', '-1'],
      ['--to', EAST],
    ]) {
      assert.equal((await travel('route', ...args)).code, 2, args.join(' '));
    }
    const refusal = z.looseObject({ ok: z.literal(false), code: z.string(), zh: z.string(), en: z.string() });
    const unknown = await run('travel', 'route', '--profile', 'broom', '--from', WEST, '--to', EAST, '--json');
    assert.equal(unknown.code, 1);
    assert.equal(refusal.parse(JSON.parse(unknown.stdout)).code, 'profile-unknown');
    const nowhere = await run('travel', 'route', '--place', dir, '--from', WEST, '--to', EAST, '--json');
    assert.equal(nowhere.code, 1);
    assert.equal(refusal.parse(JSON.parse(nowhere.stdout)).code, 'place-file-unreadable');
    const code = async (...args: readonly string[]): Promise<string> => {
      const refused = await travel('route', '--from', WEST, '--to', EAST, ...args);
      assert.equal(refused.code, 1);
      return refusal.parse(JSON.parse(refused.stdout)).code;
    };
    assert.equal(await code('--at', '1950-01-01T00:00:00Z'), 'moment-out-of-range');
    assert.equal(await code('--arrive-by', '1950-01-01T00:00:00Z'), 'moment-out-of-range');
    assert.equal(await code('--at', '9999-12-31T00:00:00Z'), 'moment-out-of-range');
    assert.equal(await code('--close', 'way/10,nosuch-bridge'), 'closed-unknown');
    const many = await travel('matrix', '--many', file);
    assert.equal(refusal.parse(JSON.parse(many.stdout)).code, 'points-invalid');
  });
});
