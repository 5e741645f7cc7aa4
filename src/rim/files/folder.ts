import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { FileId } from '#core/base/ids.ts';
import { isHash } from '#core/base/ids.ts';
import type { Versions } from './images.ts';

const PREFIX = /^[0-9a-f]{2}$/;
const HASH_CHARS = 64;
const DIGEST_BYTES = 32;
const VERSIONS = ['public', 'small'] as const;

/** Originals in `ab/cdef…`, versions made from them in `versions/ab/cdef….public`, what is being written in `temporary/`. */
export class PhotoFolder {
  readonly #folder: string;
  readonly #temporary: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#temporary = path.join(folder, 'temporary');
  }

  /** Makes the folder, and sweeps away what a crash left half written. */
  async prepare(): Promise<void> {
    await rm(this.#temporary, { recursive: true, force: true });
    await mkdir(this.#temporary, { recursive: true });
  }

  /** Null when there is none; not compared with its id. */
  original(id: FileId): Promise<Buffer | null> {
    return readIfThere(this.#originalPath(id));
  }

  putOriginal(id: FileId, bytes: Uint8Array): Promise<void> {
    return writeDurably(this.#temporary, this.#originalPath(id), [bytes]);
  }

  /** A version with its digest before it; null when it is missing or damaged, both healed by making it again. */
  async version(id: FileId, version: keyof Versions): Promise<Buffer | null> {
    const kept = await readIfThere(this.#versionPath(id, version));
    if (kept === null) return null;
    const bytes = kept.subarray(DIGEST_BYTES);
    return digestOf(bytes).equals(kept.subarray(0, DIGEST_BYTES)) ? bytes : null;
  }

  async putVersions(id: FileId, versions: Versions): Promise<void> {
    for (const version of VERSIONS) {
      const bytes = versions[version];
      await writeDurably(this.#temporary, this.#versionPath(id, version), [digestOf(bytes), bytes]);
    }
  }

  /** True when the original is there; it counts as fresh from now on. */
  async touch(id: FileId): Promise<boolean> {
    const now = Date.now() / 1000;
    return (await unlessMissing(utimes(this.#originalPath(id), now, now).then(() => true))) ?? false;
  }

  /** Versions first: as long as the original is there, erasing can be repeated by its id. */
  async erase(id: FileId): Promise<void> {
    for (const file of [...VERSIONS.map((version) => this.#versionPath(id, version)), this.#originalPath(id)]) {
      await rm(file, { force: true });
      await unlessMissing(syncFolder(path.dirname(file)));
    }
  }

  /** Ids of which an original or a version is there. */
  async ids(): Promise<ReadonlySet<FileId>> {
    const found = new Set<FileId>();
    for (const root of [this.#folder, path.join(this.#folder, 'versions')]) {
      for (const prefix of (await unlessMissing(readdir(root))) ?? []) {
        if (!PREFIX.test(prefix)) continue;
        for (const name of await readdir(path.join(root, prefix))) {
          const id: string = `${prefix}${name}`.slice(0, HASH_CHARS);
          if (isHash(id)) found.add(id as string as FileId);
        }
      }
    }
    return found;
  }

  /** When the original came or was asked for last; without one, when the first version was made. */
  async touched_ms(id: FileId): Promise<number | null> {
    for (const file of [this.#originalPath(id), ...VERSIONS.map((version) => this.#versionPath(id, version))]) {
      const found = await unlessMissing(stat(file));
      if (found !== null) return found.mtimeMs;
    }
    return null;
  }

  #originalPath(id: FileId): string {
    return path.join(this.#folder, id.slice(0, 2), id.slice(2));
  }

  #versionPath(id: FileId, version: keyof Versions): string {
    return path.join(this.#folder, 'versions', id.slice(0, 2), `${id.slice(2)}.${version}`);
  }
}

export const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;
export const isFullDisk = (error: unknown): boolean => codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT';

const unlessMissing = async <T>(asked: Promise<T>): Promise<T | null> => {
  try {
    return await asked;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

const readIfThere = (file: string): Promise<Buffer | null> => unlessMissing(readFile(file));

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
