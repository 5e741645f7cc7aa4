import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { anyTown, townOf } from '../../../../test/harness/town.ts';
import { buildRoads } from './built.ts';
import { decodeRoads, encodeRoads, ROADS_VERSION } from './file.ts';
import { sectionOf, writeSections } from './sections.ts';
import type { FileFault } from './sections.ts';

const town = buildRoads(
  townOf(
    [
      [0, 0],
      [100, 0],
      [100, 100],
    ],
    [
      { way: 'way/1', from: 0, to: 1, via: [[50, 5]], name: { zh: '人民路', en: 'Renmin Road' } },
      { way: 'way/2', from: 1, to: 2 },
    ],
    { bans: [{ edges: [0, 1], at: 1, modes: 4 }] },
  ),
);
const bytes = encodeRoads(town);

const faultOf = (of: Uint8Array): FileFault | null => {
  const read = decodeRoads(of);
  return read.ok ? null : read.error;
};

test('any roads are read back as they were written, and written the same again', () => {
  fc.assert(
    fc.property(anyTown, (data) => {
      const roads = buildRoads(data);
      const written = encodeRoads(roads);
      const read = decodeRoads(written);
      assert.ok(read.ok);
      assert.deepEqual(read.value, roads);
      assert.deepEqual(encodeRoads(read.value), written);
    }),
  );
});

test('arrays are views on the bytes; bytes that begin at an odd place are read too', () => {
  const read = decodeRoads(bytes);
  assert.ok(read.ok);
  assert.equal(read.value.data.edge_from.buffer, bytes.buffer);
  assert.equal(read.value.hierarchy.up_head.buffer, bytes.buffer);
  const odd = new Uint8Array(bytes.length + 3).subarray(3);
  odd.set(bytes);
  assert.deepEqual(decodeRoads(odd), read);
});

test('a file with any byte changed is refused with a code', () => {
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = bytes.slice();
      changed[at] = (changed[at] as number) ^ change;
      const wanted = at < 8 ? 'roads-file-foreign' : at < 12 ? 'roads-file-version' : 'roads-file-damaged';
      assert.equal(faultOf(changed)?.code, wanted);
    }),
    { numRuns: 1000 },
  );
});

test('a file cut short anywhere, or with something after it, is refused as damaged', () => {
  for (let length = 0; length < bytes.length; length += 1)
    assert.equal(faultOf(bytes.subarray(0, length))?.code, 'roads-file-damaged', `${length} bytes`);
  assert.equal(faultOf(Buffer.concat([bytes, Buffer.from([0])]))?.code, 'roads-file-damaged');
});

test('a file of another version says which it is and which is wanted', () => {
  const older = writeSections(ROADS_VERSION - 1, []);
  assert.deepEqual(faultOf(older), { code: 'roads-file-version', found: ROADS_VERSION - 1, wanted: ROADS_VERSION });
});

test('what is something else altogether is called so', () => {
  assert.deepEqual(faultOf(Buffer.from('{"type":"FeatureCollection"}')), { code: 'roads-file-foreign' });
});

test('a number that points nowhere is found although the checksum is right', () => {
  const lists = [
    town.data.edge_from,
    town.data.edge_way,
    town.data.shape_start,
    town.graph.arc_to,
    town.graph.arc_start,
    town.hierarchy.up_head,
    town.hierarchy.rank_state,
  ];
  for (const list of lists) {
    const [before] = list;
    list[0] = 1_000_000;
    const fault = faultOf(encodeRoads(town));
    list[0] = before as number;
    assert.equal(fault?.code, 'roads-file-damaged');
  }
  assert.equal(faultOf(encodeRoads(town)), null);
});

test('a file without one of its parts is refused by the name of the part', () => {
  const fault = faultOf(writeSections(ROADS_VERSION, [sectionOf('data.node_lon_e7', new Float32Array(2))]));
  assert.equal(fault?.code === 'roads-file-damaged' ? fault.what.en : '', 'data.node_lon_e7 is missing');
});
