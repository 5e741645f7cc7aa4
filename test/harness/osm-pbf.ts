import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { deflateSync, zstdCompressSync } from 'node:zlib';
import { PbfWriter } from 'pbf';

/** Small OpenStreetMap extracts, written as the format has them: https://wiki.openstreetmap.org/wiki/PBF_Format */
type TagList = Readonly<Record<string, string>>;
export interface MadeNode {
  readonly id: number;
  readonly lon: number;
  readonly lat: number;
  readonly tags?: TagList;
}
export interface MadeWay {
  readonly id: number;
  readonly refs: readonly number[];
  readonly tags?: TagList;
}
export interface MadeRelation {
  readonly id: number;
  readonly members: readonly (readonly [type: 'node' | 'way' | 'relation', id: number, role: string])[];
  readonly tags?: TagList;
}
export interface MadeExtract {
  readonly nodes?: readonly MadeNode[];
  readonly ways?: readonly MadeWay[];
  readonly relations?: readonly MadeRelation[];
}
export interface MadeHow {
  readonly dense?: boolean;
  readonly packed?: 'zlib' | 'raw' | 'zstd' | 'lzma';
  readonly required?: readonly string[];
  /** Units of 1e-9 degrees per step of a position. */
  readonly granularity?: number;
}

/** A block with each kind of object in a group of its own. */
export const blockOf = (extract: MadeExtract, how: MadeHow = {}): Uint8Array => {
  const texts = new Map<string, number>([['', 0]]);
  const text = (word: string): number => texts.get(word) ?? (texts.set(word, texts.size), texts.size - 1);
  const groups = groupsOf(extract, how, text);
  const pbf = new PbfWriter();
  pbf.writeMessage(
    1,
    (words: readonly string[], into: PbfWriter) => {
      for (const word of words) into.writeBytesField(1, Buffer.from(word));
    },
    [...texts.keys()],
  );
  for (const group of groups) pbf.writeBytesField(2, group);
  if (how.granularity !== undefined) pbf.writeVarintField(17, how.granularity);
  return pbf.finish();
};

type Texts = (word: string) => number;

const groupsOf = (extract: MadeExtract, how: MadeHow, text: Texts): readonly Uint8Array[] => {
  const { nodes = [], ways = [], relations = [] } = extract;
  const step = (how.granularity ?? 100) / 1e9;
  const groups: Uint8Array[] = [];
  const group = <T>(field: number, things: readonly T[], bytes: (thing: T) => Uint8Array): void => {
    const pbf = new PbfWriter();
    for (const thing of things) pbf.writeBytesField(field, bytes(thing));
    if (things.length > 0) groups.push(pbf.finish());
  };
  if (how.dense === false) group(1, nodes, (node) => plainNode(node, step, text));
  else if (nodes.length > 0) group(2, [nodes], (all) => denseNodes(all, step, text));
  group(3, ways, (way) => wayBytes(way, text));
  group(4, relations, (relation) => relationBytes(relation, text));
  return groups;
};

const deltas = (values: readonly number[]): number[] => values.map((value, i) => value - (values[i - 1] ?? 0));
const keysOf = (tags: TagList | undefined, text: Texts): number[] => Object.keys(tags ?? {}).map(text);
const valuesOf = (tags: TagList | undefined, text: Texts): number[] => Object.values(tags ?? {}).map(text);

const plainNode = (node: MadeNode, step: number, text: Texts): Uint8Array => {
  const pbf = new PbfWriter();
  pbf.writeSVarintField(1, node.id);
  pbf.writePackedVarint(2, keysOf(node.tags, text));
  pbf.writePackedVarint(3, valuesOf(node.tags, text));
  pbf.writeSVarintField(8, Math.round(node.lat / step));
  pbf.writeSVarintField(9, Math.round(node.lon / step));
  return pbf.finish();
};

const denseNodes = (nodes: readonly MadeNode[], step: number, text: Texts): Uint8Array => {
  const pbf = new PbfWriter();
  pbf.writePackedSVarint(1, deltas(nodes.map((node) => node.id)));
  pbf.writePackedSVarint(8, deltas(nodes.map((node) => Math.round(node.lat / step))));
  pbf.writePackedSVarint(9, deltas(nodes.map((node) => Math.round(node.lon / step))));
  if (nodes.some((node) => node.tags !== undefined)) {
    const tags = nodes.map((node) => Object.entries(node.tags ?? {}).flatMap((entry) => entry.map(text)));
    pbf.writePackedVarint(
      10,
      tags.flatMap((one) => [...one, 0]),
    );
  }
  return pbf.finish();
};

const wayBytes = (way: MadeWay, text: Texts): Uint8Array => {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, way.id);
  pbf.writePackedVarint(2, keysOf(way.tags, text));
  pbf.writePackedVarint(3, valuesOf(way.tags, text));
  pbf.writePackedSVarint(8, deltas(way.refs));
  return pbf.finish();
};

const MEMBER_NUMBER = { node: 0, way: 1, relation: 2 } as const;

const relationBytes = (relation: MadeRelation, text: Texts): Uint8Array => {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, relation.id);
  pbf.writePackedVarint(2, keysOf(relation.tags, text));
  pbf.writePackedVarint(3, valuesOf(relation.tags, text));
  pbf.writePackedVarint(
    8,
    relation.members.map(([, , role]) => text(role)),
  );
  pbf.writePackedSVarint(9, deltas(relation.members.map(([, id]) => id)));
  pbf.writePackedVarint(
    10,
    relation.members.map(([type]) => MEMBER_NUMBER[type]),
  );
  return pbf.finish();
};

/** A blob with its length and header before it. */
export const blobOf = (type: string, block: Uint8Array, packed: MadeHow['packed'] = 'zlib'): Buffer => {
  const blob = new PbfWriter();
  if (packed === 'raw') blob.writeBytesField(1, block);
  else {
    blob.writeVarintField(2, block.length);
    if (packed === 'zlib') blob.writeBytesField(3, deflateSync(block));
    else if (packed === 'zstd') blob.writeBytesField(7, zstdCompressSync(block));
    else blob.writeBytesField(4, block);
  }
  const data = blob.finish();
  const header = new PbfWriter();
  header.writeStringField(1, type);
  header.writeVarintField(3, data.length);
  const head = header.finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, data]);
};

export const headerBlob = (required: readonly string[] = ['OsmSchema-V0.6', 'DenseNodes']): Buffer => {
  const pbf = new PbfWriter();
  for (const feature of required) pbf.writeStringField(4, feature);
  pbf.writeStringField(16, 'made by a test');
  return blobOf('OSMHeader', pbf.finish());
};

/** A whole file: a header, then one blob for each extract given. */
export const extractBytes = (extracts: readonly MadeExtract[], how: MadeHow = {}): Buffer =>
  Buffer.concat([
    headerBlob(how.required),
    ...extracts.map((extract) => blobOf('OSMData', blockOf(extract, how), how.packed)),
  ]);

/** Puts bytes into a file that is gone after the test. @returns its name */
export const fileOf = (t: Pick<TestContext, 'after'>, bytes: Uint8Array, name = 'made.osm.pbf'): string => {
  const dir = mkdtempSync(path.join(tmpdir(), 'qundao-osm-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const file = path.join(dir, name);
  writeFileSync(file, bytes);
  return file;
};
