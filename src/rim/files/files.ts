import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { FileId } from '#core/base/ids.ts';
import { isHash } from '#core/base/ids.ts';
import type { Result } from '#core/base/result.ts';
import { err, ok } from '#core/base/result.ts';
import type { ErrorCode } from '#wire/errors.ts';
import type { ImageType, Versions } from './images.ts';
import { imageTypeOf, makeVersions } from './images.ts';

/** A photo that is on disk. */
export interface StoredFile {
  /** SHA-256 of the original. */
  readonly id: FileId;
  readonly type: ImageType;
  readonly size_bytes: number;
}

/** `original` as it was sent, with its position and all; `public` and `small` without metadata. */
export type Version = 'original' | keyof Versions;

export interface FileRefusal {
  readonly code: ErrorCode;
  readonly values?: Readonly<Record<string, number>>;
}

export interface Files {
  /**
   * Keeps a photo; it is durable when this resolves. The same photo again is the same file.
   * Refuses: `file-type-wrong`, `file-too-large`, `file-unreadable`, `store-full`.
   */
  readonly put: (bytes: Uint8Array) => Promise<Result<StoredFile, FileRefusal>>;
  /** Refuses: `file-unknown`, and `file-damaged` when the disk no longer holds what was put. */
  readonly get: (
    id: string,
    version: Version,
  ) => Promise<Result<{ readonly bytes: Buffer; readonly type: ImageType }, FileRefusal>>;
}

const MIB = 1_048_576;
const DIGEST_BYTES = 32;

/**
 * Photos in a folder, by the hash of their content: originals in `ab/cdef…`, versions made from them in `versions/` (they may be
 * deleted at any time and are made again).
 * @param folder made when it is not there
 */
export const openFiles = async (folder: string, { limit_bytes = 8 * MIB } = {}): Promise<Files> => {
  const temporary = path.join(folder, 'temporary');
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });

  const originalPath = (id: FileId): string => path.join(folder, id.slice(0, 2), id.slice(2));
  const versionPath = (id: FileId, version: keyof Versions): string =>
    path.join(folder, 'versions', id.slice(0, 2), `${id.slice(2)}.${version}`);
  const write = (target: string, parts: readonly Uint8Array[]) => writeDurably(temporary, target, parts);

  const readOriginal = async (id: FileId): Promise<Result<Buffer, FileRefusal>> => {
    const bytes = await readIfThere(originalPath(id));
    if (bytes === null) return err({ code: 'file-unknown' });
    return digestOf(bytes).toString('hex') === id ? ok(bytes) : err({ code: 'file-damaged' });
  };
  const keepVersions = async (id: FileId, versions: Versions): Promise<void> => {
    for (const version of ['public', 'small'] as const)
      await write(versionPath(id, version), [digestOf(versions[version]), versions[version]]);
  };
  /** A version with its digest before it; null when it is missing or damaged, both healed by making it again. */
  const readVersion = async (id: FileId, version: keyof Versions): Promise<Buffer | null> => {
    const kept = await readIfThere(versionPath(id, version));
    if (kept === null) return null;
    const bytes = kept.subarray(DIGEST_BYTES);
    return digestOf(bytes).equals(kept.subarray(0, DIGEST_BYTES)) ? bytes : null;
  };
  const remakeVersion = async (id: FileId, version: keyof Versions): Promise<Result<Buffer, FileRefusal>> => {
    const original = await readOriginal(id);
    if (!original.ok) return original;
    const type = imageTypeOf(original.value);
    const versions = type === null ? null : await makeVersions(original.value, type);
    if (versions === null) return err({ code: 'file-damaged' });
    await keepVersions(id, versions).catch(ignoreFullDisk);
    return ok(versions[version]);
  };

  return {
    put: async (bytes) => {
      const type = imageTypeOf(bytes);
      if (bytes.length > limit_bytes)
        return err({ code: 'file-too-large', values: { limit_mib: Math.floor(limit_bytes / MIB) } });
      if (type === null) return err({ code: 'file-type-wrong' });
      const versions = await makeVersions(bytes, type);
      if (versions === null) return err({ code: 'file-unreadable' });
      const id = digestOf(bytes).toString('hex') as FileId;
      try {
        // Versions first: an original that is there is complete.
        await keepVersions(id, versions);
        if (!(await readOriginal(id)).ok) await write(originalPath(id), [bytes]);
      } catch (error) {
        if (isFullDisk(error)) return err({ code: 'store-full' });
        throw error;
      }
      return ok({ id, type, size_bytes: bytes.length });
    },
    get: async (id, version) => {
      if (!isHash(id)) return err({ code: 'file-unknown' });
      const key = id as string as FileId;
      const kept = version === 'original' ? null : await readVersion(key, version);
      const found =
        kept !== null ? ok(kept) : version === 'original' ? await readOriginal(key) : await remakeVersion(key, version);
      if (!found.ok) return found;
      const type = imageTypeOf(found.value);
      return type === null ? err({ code: 'file-damaged' }) : ok({ bytes: found.value, type });
    },
  };
};

const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;
const isFullDisk = (error: unknown): boolean => codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT';
/** A version that cannot be kept is served all the same. */
const ignoreFullDisk = (error: unknown): void => {
  if (!isFullDisk(error)) throw error;
};

const readIfThere = async (file: string): Promise<Buffer | null> => {
  try {
    return await readFile(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

/** Writes beside, syncs, and moves into place: a file is there whole or not at all, also after a power cut. */
const writeDurably = async (temporary: string, target: string, parts: readonly Uint8Array[]): Promise<void> => {
  const beside = path.join(temporary, randomUUID());
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      for (const part of parts) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const folder = path.dirname(target);
    await mkdir(folder, { recursive: true });
    await rename(beside, target);
    await syncFolder(folder);
    await syncFolder(path.dirname(folder));
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
