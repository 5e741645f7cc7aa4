import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import type { Result } from '#core/base/result.ts';
import { err, ok } from '#core/base/result.ts';
import { crc32c } from './crc32c.ts';

/** Kinds of numbers a section may hold. */
export interface Kinds {
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
}
export type Kind = keyof Kinds;
export type Numbers = Kinds[Kind];

const KINDS = [
  ['u8', Uint8Array],
  ['u16', Uint16Array],
  ['u32', Uint32Array],
  ['i32', Int32Array],
  ['f32', Float32Array],
  ['f64', Float64Array],
] as const;

/** Numbers of a file, in memory or wherever they are kept until it is written. */
export interface Section {
  /** At most 28 ASCII letters. */
  readonly name: string;
  readonly kind: Kind;
  /** How many numbers. */
  readonly length: number;
  /** Their bytes, in order, in one piece or more. A piece is valid until the next is asked for. */
  readonly pieces: () => Iterable<Uint8Array>;
}

/** A section of numbers in memory. */
export const sectionOf = (name: string, numbers: Numbers): Section => ({
  name,
  kind: kindOf(numbers),
  length: numbers.length,
  pieces: () => [new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)],
});

const kindOf = (numbers: Numbers): Kind => {
  const found = KINDS.find(([, type]) => numbers instanceof type);
  if (found === undefined) throw new TypeError('numbers of no kind a section holds');
  return found[0];
};

/** Why a file of built roads cannot be used: a code of the catalogue and what its words leave open. */
export type FileFault =
  | { readonly code: 'roads-file-foreign' }
  | { readonly code: 'roads-file-version'; readonly found: number; readonly wanted: number }
  | { readonly code: 'roads-file-damaged'; readonly what: Text };

export const damaged = (zh: string, en: string): FileFault => ({ code: 'roads-file-damaged', what: text(zh, en) });

/** The line end shows when a copy took it for a text and changed it. */
const MAGIC = Uint8Array.from('QDROAD\r\n', (letter) => letter.charCodeAt(0));
const HEAD = 24;
const NAME = 28;
const ENTRY = NAME + 12;
const TAIL = 4;

/**
 * A file of named arrays, little-endian throughout (as is every machine the platform runs on):
 * magic (8 bytes), version, length of the whole file, number of sections, 0 (4 bytes each); per section its name (28 bytes, ASCII, filled up
 * with 0), kind, offset and count (4 bytes each); the sections, each on a multiple of 8; CRC-32C of all before (4 bytes).
 */
export const writeSections = (version: number, sections: readonly Section[]): Uint8Array => {
  const bytes = new Uint8Array(lengthOf(sections));
  let at = 0;
  for (const piece of sectionPieces(version, sections)) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
};

/** The same in pieces, one after the other, so that it need not be in memory as a whole. A piece is valid until the next is asked for. */
export function* sectionPieces(version: number, sections: readonly Section[]): Generator<Uint8Array> {
  let crc = 0;
  let at = 0;
  const counted = (piece: Uint8Array): Uint8Array => {
    crc = crc32c(piece, crc);
    at += piece.length;
    return piece;
  };
  yield counted(headOf(version, sections));
  for (const { pieces } of sections) {
    yield counted(new Uint8Array(aligned(at) - at));
    for (const piece of pieces()) yield counted(piece);
  }
  const tail = new Uint8Array(TAIL);
  new DataView(tail.buffer).setUint32(0, crc, true);
  yield tail;
}

const aligned = (at: number): number => Math.ceil(at / 8) * 8;

const typeOf = (kind: Kind) => (KINDS.find(([one]) => one === kind) ?? KINDS[0])[1];

const bytesOf = ({ kind, length }: Section): number => length * typeOf(kind).BYTES_PER_ELEMENT;

const lengthOf = (sections: readonly Section[]): number =>
  sections.reduce((at, section) => aligned(at) + bytesOf(section), HEAD + ENTRY * sections.length) + TAIL;

/** Everything before the first section. */
const headOf = (version: number, sections: readonly Section[]): Uint8Array => {
  const bytes = new Uint8Array(HEAD + ENTRY * sections.length);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(8, version, true);
  view.setUint32(12, lengthOf(sections), true);
  view.setUint32(16, sections.length, true);
  let offset = bytes.length;
  sections.forEach((section, i) => {
    const { name, kind, length } = section;
    const at = HEAD + ENTRY * i;
    for (let k = 0; k < name.length; k += 1) bytes[at + k] = name.charCodeAt(k);
    view.setUint32(
      at + NAME,
      KINDS.findIndex(([one]) => one === kind),
      true,
    );
    offset = aligned(offset);
    view.setUint32(at + NAME + 4, offset, true);
    view.setUint32(at + NAME + 8, length, true);
    offset += bytesOf(section);
  });
  return bytes;
};

/**
 * The arrays of a file as views on its bytes, by name. Nothing is copied unless the bytes begin at an odd place of their buffer.
 * Costs one pass for the checksum (some 1 ms per megabyte).
 */
export const readSections = (version: number, bytes: Uint8Array): Result<ReadonlyMap<string, Numbers>, FileFault> => {
  const known = Math.min(MAGIC.length, bytes.length);
  for (let i = 0; i < known; i += 1) if (bytes[i] !== MAGIC[i]) return err({ code: 'roads-file-foreign' });
  if (bytes.length < HEAD + TAIL) return err(damaged('文件不完整', 'it is cut short'));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = view.getUint32(8, true);
  if (found !== version) return err({ code: 'roads-file-version', found, wanted: version });
  const length = view.getUint32(12, true);
  if (length > bytes.length) return err(damaged('文件不完整', 'it is cut short'));
  if (length < bytes.length) return err(damaged('文件末尾有多余内容', 'there is more in it than was written'));
  if (view.getUint32(length - TAIL, true) !== crc32c(bytes.subarray(0, length - TAIL)))
    return err(damaged('校验和不符', 'its checksum does not match'));
  return readTable(bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes));
};

const readTable = (bytes: Uint8Array): Result<ReadonlyMap<string, Numbers>, FileFault> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sections = new Map<string, Numbers>();
  const end = bytes.length - TAIL;
  const count = view.getUint32(16, true);
  const wrong = err(damaged('目录有误', 'its table of contents is wrong'));
  if (HEAD + ENTRY * count > end) return wrong;
  for (let at = HEAD; at < HEAD + ENTRY * count; at += ENTRY) {
    const name = String.fromCharCode(...bytes.subarray(at, at + NAME)).replace(/\0+$/, '');
    const type = KINDS[view.getUint32(at + NAME, true)]?.[1];
    const offset = view.getUint32(at + NAME + 4, true);
    const numbers = view.getUint32(at + NAME + 8, true);
    if (type === undefined || offset % 8 !== 0 || offset + numbers * type.BYTES_PER_ELEMENT > end) return wrong;
    const make = type as new (buffer: ArrayBufferLike, offset: number, length: number) => Numbers;
    sections.set(name, new make(bytes.buffer, bytes.byteOffset + offset, numbers));
  }
  return ok(sections);
};

/** Arrays by name, each of its kind. */
export type Schema = Readonly<Record<string, Kind>>;
export type Arrays<S extends Schema> = { readonly [K in keyof S]: Kinds[S[K]] };

export const sectionsOf = <S extends Schema>(schema: S, prefix: string, arrays: Arrays<S>): Section[] =>
  Object.keys(schema).map((name) => sectionOf(prefix + name, arrays[name] as Numbers));

/** Those sections a schema names; a fault when one is not there or holds another kind of numbers. */
export const arraysOf = <S extends Schema>(
  schema: S,
  prefix: string,
  sections: ReadonlyMap<string, Numbers>,
): Result<Arrays<S>, FileFault> => {
  const arrays: Record<string, Numbers> = {};
  for (const [name, kind] of Object.entries(schema)) {
    const numbers = sections.get(prefix + name);
    if (numbers === undefined || !(numbers instanceof typeOf(kind)))
      return err(damaged(`缺少 ${prefix}${name}`, `${prefix}${name} is missing`));
    arrays[name] = numbers;
  }
  return ok(arrays as Arrays<S>);
};
