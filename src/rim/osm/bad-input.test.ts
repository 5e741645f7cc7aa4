import assert from 'node:assert/strict';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { CodedError, problemOf } from '#wire/errors.ts';
import { blobOf, blockOf, extractBytes, fileOf, headerBlob } from '../../../test/harness/osm-pbf.ts';
import type { MadeExtract } from '../../../test/harness/osm-pbf.ts';
import { importOsm } from './import-osm.ts';
import type { OsmImport } from './import-osm.ts';

const ROAD: MadeExtract = {
  nodes: [
    { id: 1, lon: 122, lat: 30 },
    { id: 2, lon: 122.001, lat: 30 },
    { id: 3, lon: 122.002, lat: 30, tags: { highway: 'stop' } },
  ],
  ways: [{ id: 10, refs: [1, 2, 3], tags: { highway: 'residential', name: '示例路' } }],
};

const run = (file: string): OsmImport => importOsm(file, () => undefined);

/** Code and the values told of what is refused; both languages name the file. */
const refusal = (t: TestContext, bytes: Uint8Array): Readonly<Record<string, unknown>> => {
  const file = fileOf(t, bytes);
  try {
    run(file);
  } catch (error) {
    assert.ok(error instanceof CodedError, String(error));
    const { words, advice } = problemOf(error.code, error.extras);
    for (const told of [words.zh, words.en]) assert.ok(told.includes(file) && !told.includes('{'), told);
    assert.ok(advice.zh.length > 0 && advice.en.length > 0);
    const { file: _, ...values } = error.extras.values ?? {};
    return { code: error.code, ...values };
  }
  assert.fail('it was taken');
};

describe('a file that is no extract', () => {
  it('is refused when it is empty, text, or only the start of something', (t) => {
    for (const bytes of ['', 'x', '<?xml version="1.0"?><osm>', '{"type":"FeatureCollection"}', '\0\0\0\u000d\n']) {
      assert.deepEqual(refusal(t, Buffer.from(bytes)), { code: 'osm-not-pbf' });
    }
  });

  it('is refused when it is not there or a directory', (t) => {
    const dir = mkdtempSync(path.join(tmpdir(), 'qundao-osm-'));
    t.after(() => rmdirSync(dir));
    for (const name of [dir, path.join(dir, 'none.pbf')]) {
      assert.throws(() => run(name), { code: 'osm-unreadable' });
    }
  });
});

describe('a damaged extract', () => {
  const whole = extractBytes([ROAD]);

  it('cut off anywhere is refused, never taken', (t) => {
    const header = headerBlob().length;
    for (let length = 1; length < whole.length; length += 1) {
      const file = fileOf(t, whole.subarray(0, length));
      assert.throws(
        () => run(file),
        (error: unknown) => {
          assert.ok(error instanceof CodedError, String(error));
          const likely = length < header ? ['osm-not-pbf', 'osm-truncated'] : ['osm-truncated', 'osm-without-roads'];
          assert.ok(likely.includes(error.code), `${length}: ${error.code}`);
          return true;
        },
      );
    }
  });

  it('names the block that is cut off and what it lacks', (t) => {
    const told = refusal(t, whole.subarray(0, whole.length - 5));
    assert.deepEqual([told['code'], told['object'], told['missing_bytes']], ['osm-truncated', 'block/1', 5]);
  });

  it('with any one byte of its packed content changed is refused with the block', (t) => {
    const start = whole.length - 40;
    for (let at = start; at < whole.length; at += 1) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] as number) ^ 0x55;
      assert.equal(refusal(t, bytes)['code'], 'osm-corrupt', `byte ${at}`);
    }
  });

  it('does not believe a length beyond what the format allows', (t) => {
    const bytes = Buffer.concat([headerBlob(), Buffer.from([0x7f, 0xff, 0xff, 0xff]), Buffer.alloc(100)]);
    assert.deepEqual(refusal(t, bytes)['code'], 'osm-corrupt');
  });

  it('names the object that is wrong', (t) => {
    const far: MadeExtract = { ...ROAD, nodes: [{ id: 4711, lon: 0, lat: 91 }] };
    assert.equal(refusal(t, extractBytes([far]))['object'], 'node/4711');
    assert.equal(refusal(t, extractBytes([far], { dense: false }))['object'], 'node/4711');
    const block = Buffer.from(blockOf(ROAD));
    const bytes = Buffer.concat([headerBlob(), blobOf('OSMData', block.subarray(0, block.length - 3), 'raw')]);
    assert.equal(refusal(t, bytes)['code'], 'osm-corrupt');
  });
});

describe('an extract this program cannot use', () => {
  it('names the feature or the packing it does not have', (t) => {
    const history = extractBytes([ROAD], { required: ['OsmSchema-V0.6', 'HistoricalInformation'] });
    assert.deepEqual(refusal(t, history), { code: 'osm-feature-unknown', feature: 'HistoricalInformation' });
    assert.equal(refusal(t, extractBytes([ROAD], { packed: 'lzma' }))['code'], 'osm-compression-unknown');
  });

  it('has no ways, only nodes, no roads, or roads without their nodes', (t) => {
    const nodes = ROAD.nodes ?? [];
    const cases: readonly MadeExtract[] = [
      {},
      { nodes },
      { nodes, ways: [{ id: 1, refs: [1, 2], tags: { building: 'yes' } }] },
      { ways: ROAD.ways ?? [] },
      { nodes, ways: [{ id: 1, refs: [1], tags: { highway: 'primary' } }] },
    ];
    for (const extract of cases) assert.equal(refusal(t, extractBytes([extract]))['code'], 'osm-without-roads');
  });

  it('has one object twice, and not the same', (t) => {
    const moved: MadeExtract = { nodes: [{ id: 2, lon: 122.5, lat: 30 }] };
    assert.deepEqual(refusal(t, extractBytes([ROAD, moved])), { code: 'osm-duplicate', object: 'node/2' });
    const changed: MadeExtract = { ways: [{ id: 10, refs: [1, 2], tags: { highway: 'primary' } }] };
    assert.deepEqual(refusal(t, extractBytes([ROAD, changed])), { code: 'osm-duplicate', object: 'way/10' });
  });
});

describe('an unusual extract', () => {
  const plain = (t: TestContext): OsmImport['data'] => run(fileOf(t, extractBytes([ROAD]))).data;

  it('gives the same roads packed otherwise, with plain nodes, another granularity or unknown blocks between', (t) => {
    const odd = Buffer.concat([
      headerBlob(),
      blobOf('Weather', Buffer.from('rain')),
      extractBytes([ROAD]).subarray(headerBlob().length),
    ]);
    const others = [
      extractBytes([ROAD], { packed: 'raw' }),
      extractBytes([ROAD], { packed: 'zstd' }),
      extractBytes([ROAD], { dense: false }),
      extractBytes([ROAD], { granularity: 1000 }),
      odd,
    ];
    for (const bytes of others) assert.deepEqual(run(fileOf(t, bytes)).data, plain(t));
  });

  it('gives the same roads in any order of types and ids', (t) => {
    const ways = [...(ROAD.ways ?? []), { id: 9, refs: [3, 4], tags: { highway: 'primary' } }];
    const nodes = [...(ROAD.nodes ?? []), { id: 4, lon: 122.003, lat: 30 }];
    const sorted = extractBytes([{ nodes, ways: ways.toReversed() }]);
    const unsorted = extractBytes([{ ways }, { nodes: nodes.toReversed() }]);
    assert.deepEqual(run(fileOf(t, unsorted)).data, run(fileOf(t, sorted)).data);
  });

  it('takes what is there twice and the same once, and says so', (t) => {
    const { data, summary } = run(fileOf(t, extractBytes([ROAD, ROAD])));
    assert.deepEqual(data, plain(t));
    assert.deepEqual(
      summary.dropped.map(({ reason, count }) => [reason, count]),
      [['twin', 4]],
    );
  });

  it('takes negative ids, and says that they do not last', (t) => {
    const nodes = (ROAD.nodes ?? []).map((node) => ({ ...node, id: -node.id }));
    const ways = [{ id: -10, refs: [-1, -2, -3], tags: { highway: 'residential' } }];
    const { data, summary } = run(fileOf(t, extractBytes([{ nodes, ways }])));
    assert.deepEqual(data.ways.id, ['way/-10']);
    assert.deepEqual(
      summary.noted.map(({ reason, examples }) => [reason, ...examples]),
      [['negative', 'way/-10']],
    );
  });

  it('leaves out a way with one node, and names it', (t) => {
    const ways = [
      ...(ROAD.ways ?? []),
      { id: 11, refs: [3], tags: { highway: 'primary' } },
      { id: 12, refs: [2, 2], tags: { highway: 'primary' } },
    ];
    const { summary } = run(fileOf(t, extractBytes([{ ...ROAD, ways }])));
    assert.deepEqual(
      summary.dropped.map(({ reason, examples }) => [reason, ...examples]),
      [['one-node', 'way/11', 'way/12']],
    );
  });
});
