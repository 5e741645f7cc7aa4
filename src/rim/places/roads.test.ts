import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { buildRoads } from '#engines/travel/road/built.ts';
import { ROADS_VERSION } from '#engines/travel/road/file.ts';
import { writeSections } from '#engines/travel/road/sections.ts';
import type { ErrorCode } from '#wire/errors.ts';
import { CodedError, problemOf } from '#wire/errors.ts';
import { townOf } from '../../../test/harness/town.ts';
import { preparedKeeper, Unprepared } from './kept.ts';
import { loadRoads, ROADS_DRAWING, ROADS_FILE, writeRoads } from './roads.ts';
import { writeWhole } from './write.ts';

const folder = (t: TestContext): string => {
  const dir = mkdtempSync(path.join(tmpdir(), 'qundao-roads-'));
  t.after(() => rmSync(dir, { recursive: true }));
  return dir;
};
const built = buildRoads(
  townOf(
    [
      [0, 0],
      [200, 0],
    ],
    [{ way: 'way/7', from: 0, to: 1 }],
  ),
);
const feature = (id: string, speed_kmh: number) => ({
  type: 'Feature',
  properties: { id, class: 'street', speed_kmh, foot: true, bridge: false, name: null },
  geometry: {
    type: 'LineString',
    coordinates: [
      [122, 30],
      [122.01, 30],
    ],
  },
});
const draw = (dir: string, ...features: readonly unknown[]): void =>
  writeFileSync(path.join(dir, ROADS_DRAWING), JSON.stringify({ type: 'FeatureCollection', features }));

/** Expects a coded refusal whose words name the file and what else is asked for. */
const refused = (action: () => unknown, code: ErrorCode, ...names: readonly string[]): void => {
  assert.throws(action, (error) => {
    assert.ok(error instanceof CodedError);
    assert.equal(error.code, code);
    const { words, advice } = problemOf(error.code, error.extras);
    for (const name of names) {
      assert.ok(words.zh.includes(name), words.zh);
      assert.ok(words.en.includes(name), words.en);
    }
    assert.doesNotMatch(words.zh + words.en + advice.zh + advice.en, /[{}]|undefined|object/);
    return true;
  });
};

test('roads are built from the drawing, and taken from the file once there is one', (t) => {
  const dir = folder(t);
  draw(dir, feature('road-1', 30));
  assert.deepEqual(loadRoads(dir).data.ways.id, ['road-1']);
  writeRoads(dir, built);
  assert.deepEqual(loadRoads(dir), built);
  assert.deepEqual(readdirSync(dir).toSorted(), ['.cache', ROADS_DRAWING, ROADS_FILE]);
});

test('what was built of a drawing is kept, and built anew when the drawing is another or the file is damaged', (t) => {
  const dir = folder(t);
  draw(dir, feature('road-1', 30));
  const first = loadRoads(dir);
  const kept = path.join(dir, '.cache', 'roads-drawn.qkept');
  const bytes = readFileSync(kept);
  assert.deepEqual(loadRoads(dir, preparedKeeper(dir)), first);
  draw(dir, feature('road-2', 30));
  assert.throws(() => loadRoads(dir, preparedKeeper(dir)), Unprepared);
  assert.deepEqual(loadRoads(dir).data.ways.id, ['road-2']);
  draw(dir, feature('road-1', 30));
  assert.deepEqual(loadRoads(dir, preparedKeeper(dir, new Map([['roads-drawn', bytes]]))), first);
  writeFileSync(kept, bytes.subarray(0, -1));
  assert.deepEqual(loadRoads(dir), first);
  assert.deepEqual(readFileSync(kept), bytes);
});

test('roads of the demonstration city are built with an order over all they are searched by', () => {
  const { graph, hierarchy } = loadRoads(path.join(import.meta.dirname, '../../../data/zhoushan'));
  assert.equal(hierarchy.rank_state.length, graph.state_edge.length);
  assert.ok(graph.state_edge.length > 6000);
});

test('a file of another version, damaged, or of something else is refused by name', (t) => {
  const dir = folder(t);
  const file = path.join(dir, ROADS_FILE);
  writeFileSync(file, writeSections(ROADS_VERSION - 1, []));
  refused(() => loadRoads(dir), 'roads-file-version', file, `${ROADS_VERSION - 1}`, `${ROADS_VERSION}`);
  writeRoads(dir, built);
  writeFileSync(file, readFileSync(file).subarray(0, -9));
  refused(() => loadRoads(dir), 'roads-file-damaged', file);
  writeFileSync(file, '');
  refused(() => loadRoads(dir), 'roads-file-damaged', file);
  writeFileSync(file, 'PK\u0003\u0004');
  refused(() => loadRoads(dir), 'roads-file-foreign', file);
});

test('a drawing that is missing, no JSON, or wrong in a feature is refused by name', (t) => {
  const dir = folder(t);
  const file = path.join(dir, ROADS_DRAWING);
  refused(() => loadRoads(dir), 'place-file-unreadable', file);
  writeFileSync(file, '{"features": [');
  refused(() => loadRoads(dir), 'place-file-malformed', file);
  draw(dir, feature('road-1', 30), feature('road-2', -1));
  refused(() => loadRoads(dir), 'road-feature-invalid', file, 'road-2', 'speed_kmh');
});

test('a write that fails leaves the file as it was, and nothing beside it', (t) => {
  const dir = folder(t);
  writeRoads(dir, built);
  const bad = { ...built, graph: { ...built.graph, arc_to: built.graph.arc_to.map(() => 99) } };
  refused(() => writeRoads(dir, bad), 'roads-file-damaged', ROADS_FILE);
  refused(() => writeWhole(dir, '.', 'x'), 'place-write-failed');
  refused(() => writeWhole(path.join(dir, 'nowhere'), 'a', 'x'), 'place-write-failed', 'nowhere');
  assert.deepEqual(readdirSync(dir), [ROADS_FILE]);
  assert.deepEqual(loadRoads(dir), built);
});
