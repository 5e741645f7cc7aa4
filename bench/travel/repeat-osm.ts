import { closeSync, openSync, writeSync } from 'node:fs';
import process from 'node:process';
import { deflateSync } from 'node:zlib';
import { PbfReader, PbfWriter } from 'pbf';
import { indexBlobs, openOsm } from '#rim/osm/file.ts';

/**
 * A large extract for measuring: the objects of a small one many times over, each copy under ids of its own and half a degree further east or north.
 * `node bench/travel/repeat-osm.ts <small.osm.pbf> <large.osm.pbf> <copies>`
 */
const ID_STEP = 20_000_000_000;
const SIDE = 16;
/** Half a degree in the format's unit of 1e-7. */
const POSITION_STEP = 5_000_000;

type Change = (bytes: Uint8Array) => Uint8Array;

/** A message with some of its fields changed: those of length by `change`, plain numbers by `number`. */
const rewrite = (
  bytes: Uint8Array,
  change: Readonly<Record<number, Change>>,
  number: Readonly<Record<number, (value: number) => number>> = {},
): Uint8Array => {
  const pbf = new PbfReader(bytes);
  const out = new PbfWriter();
  for (let field = pbf.nextField(); field !== 0; field = pbf.nextField()) {
    const changed = change[field];
    if (pbf.type === 2) {
      const content = pbf.readBytes();
      out.writeBytesField(field, changed === undefined ? content : changed(content));
    } else if (pbf.type === 0) {
      const value = pbf.readVarint(true);
      out.writeVarintField(field, number[field]?.(value) ?? value);
    } else throw new Error(`field ${field}`);
  }
  return out.finish();
};

/** The first of a packed array of differences, moved: all after it move with it. */
const moved =
  (by: number): Change =>
  (bytes) => {
    if (bytes.length === 0) return bytes;
    const pbf = new PbfReader(bytes);
    const first = pbf.readSVarint();
    const out = new PbfWriter();
    out.writeSVarint(first + by);
    return Buffer.concat([out.finish(), bytes.subarray(pbf.pos)]);
  };

const copyOf = (block: Uint8Array, copy: number): Uint8Array => {
  const ids = copy * ID_STEP;
  const [east, north] = [(copy % SIDE) * POSITION_STEP, Math.floor(copy / SIDE) * POSITION_STEP];
  const dense: Change = (bytes) => rewrite(bytes, { 1: moved(ids), 8: moved(north), 9: moved(east) });
  const way: Change = (bytes) => rewrite(bytes, { 8: moved(ids) }, { 1: (id) => id + ids });
  const relation: Change = (bytes) => rewrite(bytes, { 9: moved(ids) }, { 1: (id) => id + ids });
  return rewrite(block, { 2: (group) => rewrite(group, { 2: dense, 3: way, 4: relation }) });
};

const blobOf = (type: string, block: Uint8Array): Buffer => {
  const blob = new PbfWriter();
  blob.writeVarintField(2, block.length);
  blob.writeBytesField(3, deflateSync(block));
  const data = blob.finish();
  const header = new PbfWriter();
  header.writeStringField(1, type);
  header.writeVarintField(3, data.length);
  const head = header.finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, data]);
};

const headerBlob = (): Buffer => {
  const header = new PbfWriter();
  for (const feature of ['OsmSchema-V0.6', 'DenseNodes']) header.writeStringField(4, feature);
  return blobOf('OSMHeader', header.finish());
};

const [small = '', large = '', copies = '2'] = process.argv.slice(2);
const file = openOsm(small);
const blocks: Uint8Array[] = [];
indexBlobs(
  file,
  (block) => blocks.push(new Uint8Array(block)),
  () => undefined,
);
file.close();
const out = openSync(large, 'w');
writeSync(out, headerBlob());
for (let copy = 0; copy < Number(copies); copy += 1) {
  for (const block of blocks) writeSync(out, blobOf('OSMData', copyOf(block, copy)));
}
closeSync(out);
