import { PbfReader } from 'pbf';
import { Unreadable } from './unreadable.ts';

export type Tags = ReadonlyMap<string, string>;
export type MemberType = 'node' | 'way' | 'relation';
export interface Member {
  readonly type: MemberType;
  readonly id: number;
  readonly role: string;
}

/** Bits for what a block holds. */
export const KIND = { nodes: 1, ways: 2, relations: 4 } as const;

/** Ways that have one of the keys, or one of the ids, are told; the others only counted: most ways of a map are buildings. */
export interface WayVisitor {
  readonly keys: readonly string[];
  readonly ids: { readonly has: (id: number) => boolean };
  readonly tell: (id: number, refs: Float64Array, count: number, tags: () => Tags) => void;
  readonly pass: () => void;
}

/**
 * What is told of a block, object by object. `tags` reads the tags of the object being told, when they are asked for; `refs` is one array
 * used again for the next way, of which the first `count` places count.
 */
export interface BlockVisitor {
  readonly node?: (id: number, lon_e7: number, lat_e7: number, tags: () => Tags) => void;
  readonly way?: WayVisitor;
  readonly relation?: (id: number, members: readonly Member[], tags: Tags) => void;
}

const NO_TAGS: Tags = new Map();
const MEMBER_TYPES: readonly MemberType[] = ['node', 'way', 'relation'];

/** Kinds of objects in a block, by the first field of each group; the objects themselves are not read. */
export const kindsIn = (block: Uint8Array): number => {
  let kinds = 0;
  fields(new PbfReader(block), block.length, (field, pbf) => {
    if (field !== 2) return;
    const end = messageEnd(pbf);
    const first = pbf.pos < end ? pbf.readVarint() >>> 3 : 0;
    if (first === 1 || first === 2) kinds |= KIND.nodes;
    else if (first === 3) kinds |= KIND.ways;
    else if (first === 4) kinds |= KIND.relations;
    pbf.pos = end;
  });
  return kinds;
};

/**
 * Tells every object of a block to a visitor, in order. The format: https://wiki.openstreetmap.org/wiki/PBF_Format
 * @throws Unreadable with the object where something is not as it must be
 */
export const readBlock = (bytes: Uint8Array, visitor: BlockVisitor): void => {
  const block = openBlock(bytes);
  for (const group of block.groups) {
    const pbf = new PbfReader(bytes);
    pbf.pos = group.start;
    fields(pbf, group.end, (field) => {
      if (field === 1 && visitor.node !== undefined) readPlainNode(block, pbf, visitor.node);
      else if (field === 2 && visitor.node !== undefined) readDense(block, pbf, visitor.node);
      else if (field === 3 && visitor.way !== undefined) readWay(block, pbf, visitor.way);
      else if (field === 4 && visitor.relation !== undefined) readRelation(block, pbf, visitor.relation);
    });
  }
};

interface Span {
  readonly start: number;
  readonly end: number;
}
const EMPTY: Span = { start: 0, end: 0 };

interface Block {
  readonly bytes: Uint8Array;
  readonly cursors: PbfReader[];
  readonly groups: readonly Span[];
  /** Places of the keys wanted, once they were asked for. */
  readonly wanted: number[];
  /** Place of a string in the block's table; -1 where it is not there. */
  readonly indexOf: (text: string) => number;
  /** A string of the block's table, made when first asked for. */
  readonly text: (index: number) => string;
  readonly degrees_e7: (value: number, offset: number) => number;
  readonly lat_offset: number;
  readonly lon_offset: number;
}

const openBlock = (bytes: Uint8Array): Block => {
  const groups: Span[] = [];
  const strings: Span[] = [];
  let granularity = 100;
  let lat_offset = 0;
  let lon_offset = 0;
  fields(new PbfReader(bytes), bytes.length, (field, pbf) => {
    if (field === 1) readStrings(pbf, strings);
    else if (field === 2) groups.push(span(pbf));
    else if (field === 17) granularity = pbf.readVarint();
    else if (field === 19) lat_offset = pbf.readVarint(true);
    else if (field === 20) lon_offset = pbf.readVarint(true);
  });
  if (granularity < 1) throw new Unreadable(null, 'granularity');
  const texts: (string | undefined)[] = [];
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (index: number): string => {
    const known = texts[index];
    if (known !== undefined) return known;
    const place = strings[index];
    if (place === undefined) throw new Unreadable(null, 'string');
    return (texts[index] = buffer.toString('utf8', place.start, place.end));
  };
  const indexOf = (word: string): number => {
    const sought = Buffer.from(word);
    return strings.findIndex(
      ({ start, end }) => end - start === sought.length && sought.equals(buffer.subarray(start, end)),
    );
  };
  const degrees_e7 = (value: number, offset: number): number => Math.round((offset + granularity * value) / 100);
  return { bytes, cursors: [], groups, wanted: [], indexOf, text, degrees_e7, lat_offset, lon_offset };
};

const readStrings = (pbf: PbfReader, into: Span[]): void => {
  fields(pbf, messageEnd(pbf), (field) => {
    if (field === 1) into.push(span(pbf));
  });
};

/** Walks the fields of a message; what the reader of a field leaves is skipped. A message that ends elsewhere than it says is damaged. */
const fields = (pbf: PbfReader, end: number, read: (field: number, pbf: PbfReader) => void): void => {
  for (;;) {
    const field = pbf.nextField(end);
    if (field === 0) break;
    read(field, pbf);
  }
  if (pbf.pos !== end) throw new Unreadable(null, 'length of a message');
};

/** Where the message, string or packed array at hand ends. */
const messageEnd = (pbf: PbfReader): number => {
  const bytes = pbf.readVarint();
  const end = pbf.pos + bytes;
  if (!(end <= pbf.length)) throw new Unreadable(null, 'length of a field');
  return end;
};

const span = (pbf: PbfReader): Span => {
  const end = messageEnd(pbf);
  const start = pbf.pos;
  pbf.pos = end;
  return { start, end };
};

/** Readers of packed arrays that are read side by side; made once per block, since making one costs more than a short array. */
const CURSOR = { ids: 0, keys: 1, values: 2, lats: 3, lons: 4, tagging: 5, roles: 6, types: 7 } as const;

const over = (block: Block, { start, end }: Span, cursor: number): PbfReader => {
  const pbf = (block.cursors[cursor] ??= new PbfReader(block.bytes));
  pbf.pos = start;
  pbf.length = end;
  return pbf;
};

/** Far beyond any id there is (2^34 nodes), and so that twice their difference is still a whole number. */
const MOST_ID = 2 ** 50;

const checkId = (kind: MemberType, id: number): number => {
  if (!(Math.abs(id) <= MOST_ID)) throw new Unreadable(`${kind}/${id}`, 'id');
  return id;
};

const checkPosition = (id: number, lon_e7: number, lat_e7: number): void => {
  const onEarth = Math.abs(lon_e7) <= 1_800_000_000 && Math.abs(lat_e7) <= 900_000_000;
  if (!onEarth) throw new Unreadable(`node/${id}`, 'position');
};

const tagsOf = (block: Block, object: string, keys: Span, values: Span): Tags => {
  if (keys.start === keys.end && values.start === values.end) return NO_TAGS;
  const tags = new Map<string, string>();
  const key = over(block, keys, CURSOR.keys);
  const value = over(block, values, CURSOR.values);
  while (key.pos < keys.end && value.pos < values.end) {
    tags.set(block.text(key.readVarint()), block.text(value.readVarint()));
  }
  if (key.pos !== keys.end || value.pos !== values.end) throw new Unreadable(object, 'tags');
  return tags;
};

/** Field numbers of what nodes, ways and relations keep in arrays side by side. */
interface Columns {
  id: number;
  lat: number;
  lon: number;
  keys: Span;
  values: Span;
  refs: Span;
  roles: Span;
  types: Span;
}
const columns = (): Columns => ({
  id: Number.NaN,
  lat: Number.NaN,
  lon: Number.NaN,
  keys: EMPTY,
  values: EMPTY,
  refs: EMPTY,
  roles: EMPTY,
  types: EMPTY,
});

const readPlainNode = (block: Block, pbf: PbfReader, tell: NonNullable<BlockVisitor['node']>): void => {
  const node = columns();
  fields(pbf, messageEnd(pbf), (field) => {
    if (field === 1) node.id = pbf.readSVarint();
    else if (field === 2) node.keys = span(pbf);
    else if (field === 3) node.values = span(pbf);
    else if (field === 8) node.lat = pbf.readSVarint();
    else if (field === 9) node.lon = pbf.readSVarint();
  });
  const id = checkId('node', node.id);
  const lon = block.degrees_e7(node.lon, block.lon_offset);
  const lat = block.degrees_e7(node.lat, block.lat_offset);
  checkPosition(id, lon, lat);
  tell(id, lon, lat, () => tagsOf(block, `node/${id}`, node.keys, node.values));
};

const readDense = (block: Block, pbf: PbfReader, tell: NonNullable<BlockVisitor['node']>): void => {
  let [ids, lats, lons, tagging] = [EMPTY, EMPTY, EMPTY, EMPTY];
  fields(pbf, messageEnd(pbf), (field) => {
    if (field === 1) ids = span(pbf);
    else if (field === 8) lats = span(pbf);
    else if (field === 9) lons = span(pbf);
    else if (field === 10) tagging = span(pbf);
  });
  const [id, lat, lon, tag] = [
    over(block, ids, CURSOR.ids),
    over(block, lats, CURSOR.lats),
    over(block, lons, CURSOR.lons),
    over(block, tagging, CURSOR.tagging),
  ];
  let [idNow, latNow, lonNow] = [0, 0, 0];
  const tags = (): Tags => denseTags(block, tag, tagging.end);
  while (id.pos < ids.end) {
    idNow = checkId('node', idNow + id.readSVarint());
    if (lat.pos >= lats.end || lon.pos >= lons.end) throw new Unreadable(`node/${idNow}`, 'position');
    latNow += lat.readSVarint();
    lonNow += lon.readSVarint();
    const lonE7 = block.degrees_e7(lonNow, block.lon_offset);
    const latE7 = block.degrees_e7(latNow, block.lat_offset);
    checkPosition(idNow, lonE7, latE7);
    const start = tag.pos;
    tell(idNow, lonE7, latE7, tags);
    tag.pos = start;
    skipTags(tag, tagging.end, idNow);
  }
  if (id.pos !== ids.end || lat.pos !== lats.end || lon.pos !== lons.end)
    throw new Unreadable(`node/${idNow}`, 'position');
};

/** Tags of nodes stand behind each other as key, value … 0; where no node of the group has any there is nothing at all. */
const denseTags = (block: Block, tag: PbfReader, end: number): Tags => {
  if (tag.pos >= end) return NO_TAGS;
  let key = tag.readVarint();
  if (key === 0) return NO_TAGS;
  const tags = new Map<string, string>();
  while (key !== 0) {
    tags.set(block.text(key), block.text(tag.readVarint()));
    key = tag.readVarint();
  }
  return tags;
};

const skipTags = (tag: PbfReader, end: number, id: number): void => {
  if (end === tag.pos) return;
  while (tag.readVarint() !== 0) tag.readVarint();
  if (tag.pos > end) throw new Unreadable(`node/${id}`, 'tags');
};

/** Whether one of the tags has one of the keys wanted; without making texts or pairs. */
const speaks = (block: Block, keys: Span, wanted: readonly string[]): boolean => {
  if (block.wanted.length === 0) for (const key of wanted) block.wanted.push(block.indexOf(key));
  const key = over(block, keys, CURSOR.keys);
  while (key.pos < keys.end) if (block.wanted.includes(key.readVarint())) return true;
  return false;
};

/** Used again for every way; grown when a way is longer. */
let wayRefs = new Float64Array(4096);

const readWay = (block: Block, pbf: PbfReader, visitor: WayVisitor): void => {
  const way = columns();
  fields(pbf, messageEnd(pbf), (field) => {
    if (field === 1) way.id = pbf.readVarint(true);
    else if (field === 2) way.keys = span(pbf);
    else if (field === 3) way.values = span(pbf);
    else if (field === 8) way.refs = span(pbf);
  });
  const id = checkId('way', way.id);
  if (!speaks(block, way.keys, visitor.keys) && !visitor.ids.has(id)) return visitor.pass();
  const refs = over(block, way.refs, CURSOR.ids);
  const most = way.refs.end - way.refs.start;
  if (wayRefs.length < most) wayRefs = new Float64Array(2 * most);
  let count = 0;
  let ref = 0;
  while (refs.pos < way.refs.end) {
    ref = checkId('node', ref + refs.readSVarint());
    wayRefs[count] = ref;
    count += 1;
  }
  if (refs.pos !== way.refs.end) throw new Unreadable(`way/${id}`, 'nodes');
  visitor.tell(id, wayRefs, count, () => tagsOf(block, `way/${id}`, way.keys, way.values));
};

const readRelation = (block: Block, pbf: PbfReader, tell: NonNullable<BlockVisitor['relation']>): void => {
  const relation = columns();
  fields(pbf, messageEnd(pbf), (field) => {
    if (field === 1) relation.id = pbf.readVarint(true);
    else if (field === 2) relation.keys = span(pbf);
    else if (field === 3) relation.values = span(pbf);
    else if (field === 8) relation.roles = span(pbf);
    else if (field === 9) relation.refs = span(pbf);
    else if (field === 10) relation.types = span(pbf);
  });
  const id = checkId('relation', relation.id);
  tell(id, membersOf(block, id, relation), tagsOf(block, `relation/${id}`, relation.keys, relation.values));
};

const membersOf = (block: Block, id: number, relation: Columns): readonly Member[] => {
  const [roles, refs, types] = [
    over(block, relation.roles, CURSOR.roles),
    over(block, relation.refs, CURSOR.ids),
    over(block, relation.types, CURSOR.types),
  ];
  const members: Member[] = [];
  let ref = 0;
  while (refs.pos < relation.refs.end && roles.pos < relation.roles.end && types.pos < relation.types.end) {
    ref += refs.readSVarint();
    const type = MEMBER_TYPES[types.readVarint()];
    if (type === undefined) throw new Unreadable(`relation/${id}`, 'members');
    members.push({ type, id: checkId(type, ref), role: block.text(roles.readVarint()) });
  }
  const whole = refs.pos === relation.refs.end && roles.pos === relation.roles.end && types.pos === relation.types.end;
  if (!whole) throw new Unreadable(`relation/${id}`, 'members');
  return members;
};
