import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, truncateSync, copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { after, describe, it } from 'node:test';
import { z } from 'zod';
import { buildRoads } from '#engines/travel/road/built.ts';
import { dataMisfit } from '#engines/travel/road/check.ts';
import { importOsm } from '#rim/osm/import-osm.ts';
import { loadRoads } from '#rim/places/roads.ts';
import { extractBytes } from '../harness/osm-pbf.ts';
import { runCli, tempDir } from '../harness/server.ts';
import { sharedFile } from '../harness/shared.ts';

const { dir, remove } = tempDir();
after(remove);
const run = (...args: readonly string[]): ReturnType<typeof runCli> => runCli(['import', 'osm', ...args], dir, {});

const ROAD = extractBytes([
  {
    nodes: [
      { id: 1, lon: 122, lat: 30 },
      { id: 2, lon: 122.01, lat: 30 },
    ],
    ways: [{ id: 10, refs: [1, 2], tags: { highway: 'primary' } }],
  },
]);
const made = (name: string, bytes: Uint8Array): string => {
  const file = path.join(dir, name);
  writeFileSync(file, bytes);
  return file;
};

describe('import osm on the command line', () => {
  it('writes roads that can be opened and answers 0, with one JSON object where it is asked', async () => {
    const out = path.join(dir, 'new', 'place');
    const ran = await run(made('road.osm.pbf', ROAD), '--out', out, '--json');
    assert.equal(ran.code, 0, ran.stderr);
    const told = z
      .looseObject({ ok: z.literal(true), written: z.string(), kept: z.looseObject({ edges: z.literal(1) }) })
      .parse(JSON.parse(ran.stdout));
    assert.ok(existsSync(told.written));
    assert.deepEqual(loadRoads(out).data.ways.id, ['way/10']);
    const words = await run(made('road.osm.pbf', ROAD), '--out', out);
    assert.match(words.stdout, /采用 kept: 1 条路 ways, 1 路段 edges/);
    assert.match(words.stdout, /OpenStreetMap 贡献者/);
  });

  it('answers 1 with code and words, and leaves the place as it was, when the file is bad', async () => {
    const out = path.join(dir, 'kept');
    assert.equal((await run(made('good.osm.pbf', ROAD), '--out', out)).code, 0);
    const before = readFileSync(path.join(out, 'roads.qroads'));
    const bad = made('bad.osm.pbf', ROAD.subarray(0, ROAD.length - 9));
    const ran = await run(bad, '--out', out, '--json');
    assert.equal(ran.code, 1);
    const told = z.looseObject({ ok: z.literal(false), code: z.literal('osm-truncated'), zh: z.string() });
    assert.ok(told.parse(JSON.parse(ran.stdout)).zh.includes(bad));
    assert.deepEqual(readdirSync(out), ['roads.qroads']);
    assert.deepEqual(readFileSync(path.join(out, 'roads.qroads')), before);
    const never = await run(bad, '--out', path.join(dir, 'never'));
    assert.match(never.stderr, /\[osm-truncated\]/);
    assert.equal(existsSync(path.join(dir, 'never')), false);
    assert.match((await run(bad, '--out', bad)).stderr, /\[place-write-failed\]/);
  });

  it('answers 2 when it is used wrongly', async () => {
    assert.equal((await run('some.osm.pbf')).code, 2);
    assert.equal((await run('--out', dir)).code, 2);
  });
});

const island = sharedFile('osm/isle-of-man-2021.osm.pbf');

describe('the Isle of Man of 2021', { skip: island.skip }, () => {
  it('becomes a road network of plausible size with all its ferries and their durations', (t) => {
    const start = performance.now();
    const { data, summary } = importOsm(island.file, () => undefined);
    const read_ms = performance.now() - start;
    buildRoads(data);
    const total_ms = performance.now() - start;
    t.diagnostic(
      `read ${Math.round(read_ms)} ms, with its hierarchy ${Math.round(total_ms)} ms, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
    );
    assert.equal(dataMisfit(data), null);
    assert.deepEqual(summary.read, { nodes: 437_114, ways: 52_596, relations: 390 });
    assert.ok(summary.kept.ways > 10_400 && summary.kept.ways < 10_700, `${summary.kept.ways} ways`);
    assert.ok(summary.kept.length_m > 2e6 && summary.kept.length_m < 4e6, `${summary.kept.length_m} m`);
    const crossings = Object.fromEntries(summary.ferries.map((ferry) => [ferry.id, ferry.crossing_s]));
    assert.deepEqual(crossings, {
      'way/146224644': 28_800,
      'way/22772385': 9900,
      'way/26695667': 14_400,
      'way/26695740': 10_500,
      'way/398597928': 28_800,
      'way/399048768': 9900,
    });
    assert.ok(summary.ferries.every((ferry) => ferry.crossing_from === 'way'));
    assert.ok(summary.ferries.filter((ferry) => ferry.leaves).length >= 5, 'lines to other islands leave the extract');
    assert.ok(summary.pieces.car.main_share > 0.95, `${summary.pieces.car.main_share} of the roads hang together`);
    assert.ok(summary.kept.restrictions >= 20 && summary.kept.bans >= summary.kept.restrictions);
  });

  it('cut off anywhere is refused', () => {
    const file = path.join(dir, 'cut.osm.pbf');
    for (const share of [0.1, 0.5, 0.9, 0.999]) {
      copyFileSync(island.file, file);
      truncateSync(file, Math.floor(share * readFileSync(island.file).length));
      assert.throws(() => importOsm(file, () => undefined), { code: 'osm-truncated' });
    }
  });
});
