import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Keeper, Piece } from '#engines/travel/keeper.ts';
import { writeWhole } from './write.ts';

/** Where what was made of a place is kept beside it, to be made again whenever it does not fit any more. */
const CACHE = '.cache';

type Pieces = ReadonlyMap<string, Uint8Array>;
const NONE: Pieces = new Map();

/**
 * Keeps pieces in `.cache` of a place directory; one that cannot be written to keeps nothing.
 * @param given pieces that were made elsewhere
 * @param told of every piece that had to be made
 */
export const keeperOf = (
  dir: string,
  given = NONE,
  told: (name: string, bytes: Uint8Array) => void = () => undefined,
): Keeper => ({
  keep: (name, piece) => {
    const known = knownOf(dir, given, name, piece);
    if (known !== null) return known;
    const made = piece.make();
    const bytes = piece.write(made);
    write(dir, name, bytes);
    told(name, bytes);
    return made;
  },
});

/** A piece is not there, and is not to be made where it was asked for. */
export class Unprepared extends Error {
  override readonly name = 'Unprepared';
}

/** Makes nothing. @throws Unprepared where a piece is missing or does not fit */
export const preparedKeeper = (dir: string, given = NONE): Keeper => ({
  keep: (name, piece) => {
    const known = knownOf(dir, given, name, piece);
    if (known === null) throw new Unprepared(name);
    return known;
  },
});

const knownOf = <T>(dir: string, given: Pieces, name: string, piece: Piece<T>): T | null => {
  const bytes = given.get(name) ?? read(dir, name);
  return bytes === null ? null : piece.read(bytes);
};

const fileOf = (name: string): string => `${name}.qkept`;

const read = (dir: string, name: string): Uint8Array | null => {
  const file = path.join(dir, CACHE, fileOf(name));
  return existsSync(file) ? readFileSync(file) : null;
};

const write = (dir: string, name: string, bytes: Uint8Array): void => {
  const cache = path.join(dir, CACHE);
  try {
    mkdirSync(cache, { recursive: true });
    writeWhole(cache, fileOf(name), bytes);
  } catch {
    // What is not kept is made again next time.
  }
};
