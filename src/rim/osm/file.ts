import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateSync, zstdDecompressSync } from 'node:zlib';
import { PbfReader } from 'pbf';
import { release } from '#core/base/release.ts';
import { text } from '#core/base/text.ts';
import { CodedError } from '#wire/errors.ts';
import { reasonOf } from '../places/write.ts';
import { kindsIn } from './block.ts';
import { readHeader } from './header.ts';
import type { OsmHeader } from './header.ts';
import { Unreadable } from './unreadable.ts';

/** Bounds of the format: a header of a blob, and a blob before and after it is packed. */
const MAX_HEADER_BYTES = 64 * 1024;
const MAX_BLOB_BYTES = 32 * 1024 * 1024;

/** One blob of the file that holds objects. */
export interface BlobPlace {
  readonly offset: number;
  readonly bytes: number;
  /** Its number in the file, as `block/7`. */
  readonly number: number;
}

/** An opened file of blobs, read by place; whole blobs only, never the whole file. */
export interface OsmFile {
  readonly name: string;
  readonly size_bytes: number;
  readonly header: OsmHeader;
  /** Every blob with objects, in the order of the file. Unknown kinds of blobs are passed over, as the format asks. */
  readonly places: () => Generator<BlobPlace>;
  /**
   * Unpacks a block and runs what reads it, which must not keep it: its memory is given back. Tells a failure with the file, the place and the object.
   * @throws CodedError osm-truncated, osm-corrupt, osm-compression-unknown
   */
  readonly reading: <T>(place: BlobPlace, read: (block: Uint8Array) => T) => T;
  readonly close: () => void;
}

interface Head {
  readonly type: string;
  readonly data: BlobPlace;
  readonly next: number;
}

/** @throws CodedError osm-unreadable, osm-not-pbf, osm-truncated, osm-corrupt, osm-feature-unknown */
export const openOsm = (name: string): OsmFile => {
  const { descriptor, size } = open(name);
  try {
    const first = headAt({ name, descriptor, size }, 0, 0);
    if (first.type !== 'OSMHeader') throw new CodedError('osm-not-pbf', { values: { file: name } });
    return osmFile({ name, descriptor, size }, first);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
};

interface Opened {
  readonly name: string;
  readonly descriptor: number;
  readonly size: number;
}

const open = (name: string): { readonly descriptor: number; readonly size: number } => {
  try {
    const descriptor = openSync(name, 'r');
    const stat = fstatSync(descriptor);
    if (stat.isFile()) return { descriptor, size: stat.size };
    closeSync(descriptor);
  } catch (error) {
    throw new CodedError('osm-unreadable', { values: { file: name, reason: reasonOf(error) } });
  }
  const reason = text('不是普通文件', 'it is no plain file');
  throw new CodedError('osm-unreadable', { values: { file: name, reason } });
};

const osmFile = (opened: Opened, first: Head): OsmFile => {
  const reading: OsmFile['reading'] = (place, read) => {
    const unpacked = unpack(opened, place);
    try {
      return read(unpacked);
    } catch (error) {
      if (error instanceof CodedError) throw error;
      const object = error instanceof Unreadable ? error.object : null;
      throw corrupt(opened.name, place, error, object);
    } finally {
      releaseOwn(unpacked);
    }
  };
  const header = reading(first.data, readHeader);
  if (header.unknown_feature !== null) {
    throw new CodedError('osm-feature-unknown', { values: { file: opened.name, feature: header.unknown_feature } });
  }
  return {
    name: opened.name,
    size_bytes: opened.size,
    header,
    *places() {
      let at = first.next;
      for (let number = 1; at < opened.size; number += 1) {
        const head = headAt(opened, at, number);
        at = head.next;
        if (head.type === 'OSMData') yield head.data;
      }
    },
    reading,
    close: () => closeSync(opened.descriptor),
  };
};

const corrupt = (file: string, place: BlobPlace, cause: unknown, object: string | null): CodedError => {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CodedError('osm-corrupt', {
    values: { file, offset: place.offset, object: object ?? `block/${place.number}`, reason },
  });
};

const bytesAt = (opened: Opened, offset: number, bytes: number, place: BlobPlace): Uint8Array => {
  const into = new Uint8Array(bytes);
  let got = 0;
  while (got < bytes) {
    const more = readSync(opened.descriptor, into, got, bytes - got, offset + got);
    if (more === 0) {
      const values = {
        file: opened.name,
        offset: place.offset,
        object: `block/${place.number}`,
        missing_bytes: bytes - got,
      };
      throw new CodedError('osm-truncated', { values });
    }
    got += more;
  }
  return into;
};

/** The length and header before a blob. What is no blob at the start of a file is no PBF; further on it is damage. */
const headAt = (opened: Opened, at: number, number: number): Head => {
  const place = { offset: at, bytes: 4, number };
  const notHere = (reason: string): CodedError =>
    number === 0
      ? new CodedError('osm-not-pbf', { values: { file: opened.name } })
      : corrupt(opened.name, place, new Error(reason), null);
  if (number === 0 && opened.size < 8) throw notHere('empty');
  const length = new DataView(bytesAt(opened, at, 4, place).buffer).getUint32(0);
  if (length === 0 || length > MAX_HEADER_BYTES) throw notHere('length of the block header');
  if (number === 0 && at + 4 + length > opened.size) throw notHere('length of the block header');
  const { type, datasize } = readHead(bytesAt(opened, at + 4, length, place), notHere);
  if (datasize < 0 || datasize > MAX_BLOB_BYTES) throw notHere('length of the block');
  const start = at + 4 + length;
  return { type, data: { offset: start, bytes: datasize, number }, next: start + datasize };
};

const readHead = (bytes: Uint8Array, notHere: (reason: string) => CodedError): { type: string; datasize: number } => {
  const head = { type: '', datasize: -1 };
  try {
    new PbfReader(bytes).readFields((field, into, pbf) => {
      if (field === 1) into.type = pbf.readString();
      else if (field === 3) into.datasize = pbf.readVarint();
    }, head);
  } catch {
    throw notHere('block header');
  }
  if (!/^[A-Za-z_]\w*$/.test(head.type)) throw notHere('kind of block');
  return head;
};

interface Blob {
  raw: Uint8Array | null;
  zlib: Uint8Array | null;
  zstd: Uint8Array | null;
  unpacked_bytes: number;
  other: boolean;
}

/** One buffer of the size the blob gives, instead of many small ones; it is checked, as the size may be a lie. */
const unpacking = (blob: Blob): { readonly maxOutputLength: number; readonly chunkSize: number } => ({
  maxOutputLength: MAX_BLOB_BYTES,
  chunkSize: Math.min(MAX_BLOB_BYTES, Math.max(1024, blob.unpacked_bytes + 1)),
});

/** Gives back the memory of bytes, unless they lie in the pool that Node cuts small buffers from. Garbage of the size of a block piles up otherwise. */
const releaseOwn = (bytes: Uint8Array): void => {
  if (bytes.length > Buffer.poolSize) release(bytes);
};

const released = (unpacked: Uint8Array, packed: Uint8Array): Uint8Array => {
  releaseOwn(packed);
  return unpacked;
};

const unpack = (opened: Opened, place: BlobPlace): Uint8Array => {
  const bytes = bytesAt(opened, place.offset, place.bytes, place);
  const blob: Blob = { raw: null, zlib: null, zstd: null, unpacked_bytes: 0, other: false };
  try {
    new PbfReader(bytes).readFields((field, into, pbf) => {
      if (field === 1) into.raw = pbf.readBytes();
      else if (field === 2) into.unpacked_bytes = pbf.readVarint();
      else if (field === 3) into.zlib = pbf.readBytes();
      else if (field === 7) into.zstd = pbf.readBytes();
      else if (field >= 4 && field <= 6) into.other = true;
    }, blob);
    if (blob.zlib !== null) return released(inflateSync(blob.zlib, unpacking(blob)), bytes);
    if (blob.zstd !== null) return released(zstdDecompressSync(blob.zstd, unpacking(blob)), bytes);
  } catch (error) {
    throw corrupt(opened.name, place, error, null);
  }
  if (blob.raw !== null) return blob.raw;
  if (blob.other) {
    throw new CodedError('osm-compression-unknown', { values: { file: opened.name, offset: place.offset } });
  }
  throw corrupt(opened.name, place, new Error('no content'), null);
};

/** Which kinds of objects each blob holds, so that a pass reads only the blobs it needs. */
export interface BlobIndex {
  readonly places: readonly BlobPlace[];
  /** Bits of `KIND`, per place. */
  readonly kinds: Uint8Array;
}

/** One pass over the whole file: unpacks every blob (so that damage is found before anything is made) and shows it with what is in it. */
export const indexBlobs = (
  file: OsmFile,
  show: (block: Uint8Array, kinds: number) => void,
  tell: (read_bytes: number) => void,
): BlobIndex => {
  const places: BlobPlace[] = [];
  const kinds: number[] = [];
  for (const place of file.places()) {
    places.push(place);
    const kind = file.reading(place, (block) => {
      const found = kindsIn(block);
      show(block, found);
      return found;
    });
    kinds.push(kind);
    tell(place.offset);
  }
  return { places, kinds: Uint8Array.from(kinds) };
};
