import { closeSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import path from 'node:path';
import { release } from '#core/base/release.ts';
import type { Put } from '#engines/travel/road/lay.ts';
import { sectionOf } from '#engines/travel/road/sections.ts';
import { CodedError } from '#wire/errors.ts';
import { reasonOf } from './write.ts';

/** Numbers put away in a file instead of memory, until they are written where they belong. */
export interface Shelf {
  readonly put: Put;
  readonly close: () => void;
}

const PIECE_BYTES = 1 << 20;

/**
 * A shelf in a directory, which is made when the first numbers are put. The file has no name any more once it is open, so that nothing is left of it
 * however the process ends. What was put can be read until the shelf is closed.
 * @throws CodedError place-write-failed when something is put
 */
export const createShelf = (dir: string): Shelf => {
  const file = path.join(dir, `shelf.${process.pid}.new`);
  let handle = -1;
  let end = 0;
  return {
    put: (name, numbers) => {
      const section = sectionOf(name, numbers);
      const from = end;
      told(file, () => {
        if (handle === -1) handle = openNameless(file);
        for (const bytes of section.pieces()) writeAt(handle, bytes, from);
      });
      end = from + numbers.byteLength;
      const to = end;
      release(numbers);
      return { ...section, pieces: () => read(handle, from, to) };
    },
    close: () => {
      if (handle !== -1) closeSync(handle);
    },
  };
};

const openNameless = (file: string): number => {
  mkdirSync(path.dirname(file), { recursive: true });
  const handle = openSync(file, 'wx+');
  unlinkSync(file);
  return handle;
};

const writeAt = (handle: number, bytes: Uint8Array, from: number): void => {
  for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at, bytes.length - at, from + at);
};

function* read(handle: number, from: number, to: number): Generator<Uint8Array> {
  const piece = new Uint8Array(Math.min(PIECE_BYTES, to - from));
  for (let at = from; at < to;) {
    const got = readSync(handle, piece, 0, Math.min(piece.length, to - at), at);
    if (got === 0) throw new Error('the shelf ends too soon');
    yield piece.subarray(0, got);
    at += got;
  }
}

const told = (file: string, act: () => void): void => {
  try {
    act();
  } catch (error) {
    throw new CodedError('place-write-failed', { values: { file, what: reasonOf(error) } });
  }
};
