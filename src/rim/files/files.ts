import { statfs } from 'node:fs/promises';
import type { FileId } from '#core/base/ids.ts';
import { isHash } from '#core/base/ids.ts';
import type { Result } from '#core/base/result.ts';
import { err, ok } from '#core/base/result.ts';
import type { ErrorCode } from '#wire/errors.ts';
import { PhotoFolder, digestOf, isFullDisk } from './folder.ts';
import type { ImageType, Versions } from './images.ts';
import { imageTypeOf, makeVersions } from './images.ts';
import { WAITING_MAX, lanes } from './lanes.ts';
import type { Lane } from './lanes.ts';

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
   * Refuses: `file-type-wrong`, `file-too-large`, `file-unreadable`, `store-full` (also while there is room, but only what the
   * ledger needs), `too-many-requests`.
   */
  readonly put: (bytes: Uint8Array, lane?: Lane) => Promise<Result<StoredFile, FileRefusal>>;
  /** Refuses: `file-unknown`, `file-damaged` when the disk no longer holds what was put, `too-many-requests`. */
  readonly get: (
    id: string,
    version: Version,
    lane?: Lane,
  ) => Promise<Result<{ readonly bytes: Buffer; readonly type: ImageType }, FileRefusal>>;
  /** Whether a photo is there, without reading it. To be asked before it is named: it counts as fresh to `sweep` from then on. */
  readonly has: (id: string) => Promise<boolean>;
  /** Deletes originals and versions, whoever else names them; durable when it resolves. Ids that are not there are passed over. */
  readonly erase: (ids: readonly string[]) => Promise<void>;
  /**
   * Deletes photos that nothing names and that nobody sent or asked `has` for within `older_than_ms`.
   * @returns how many were deleted
   */
  readonly sweep: (isUsed: (id: FileId) => boolean, older_than_ms: number) => Promise<number>;
}

const MIB = 1_048_576;

export interface FileLimits {
  /** Largest photo taken. */
  readonly limit_bytes?: number;
  /** Free space that photos leave to the ledger: so many bytes or that share of the disk, whichever is more. */
  readonly floor?: { readonly bytes: number; readonly share: number };
  /** Photos that may wait for their versions, in each lane. */
  readonly waiting_max?: number;
}

export const FLOOR = { bytes: 256 * MIB, share: 0.05 };

/** What a sender turned away by the queue is told to wait. */
const BUSY: FileRefusal = { code: 'too-many-requests', values: { seconds: 10 } };

/**
 * Photos in a folder, by the hash of their content. Versions may be deleted at any time and are made again.
 * @param folder made when it is not there
 */
export const openFiles = async (folder: string, limits: FileLimits = {}): Promise<Files> => {
  const { limit_bytes = 8 * MIB, floor = FLOOR, waiting_max = WAITING_MAX } = limits;
  const photos = new PhotoFolder(folder);
  await photos.prepare();
  const inTurn = lanes(waiting_max);

  const make = async (bytes: Uint8Array, type: ImageType, lane: Lane): Promise<Result<Versions, FileRefusal>> => {
    const made = await inTurn(lane, () => makeVersions(bytes, type));
    if (made === null) return err(BUSY);
    return made.value === null ? err({ code: 'file-unreadable' }) : ok(made.value);
  };
  const put = async (bytes: Uint8Array, lane: Lane): Promise<Result<StoredFile, FileRefusal>> => {
    const type = imageTypeOf(bytes);
    if (bytes.length > limit_bytes)
      return err({ code: 'file-too-large', values: { limit_mib: Math.floor(limit_bytes / MIB) } });
    if (type === null) return err({ code: 'file-type-wrong' });
    const id = digestOf(bytes).toString('hex') as FileId;
    const stored = { id, type, size_bytes: bytes.length };
    if ((await readOriginal(photos, id)).ok && (await photos.touch(id))) return ok(stored);
    if (!(await hasRoom(folder, floor))) return err({ code: 'store-full' });
    const versions = await make(bytes, type, lane);
    if (!versions.ok) return versions;
    // Versions first: an original that is there is complete.
    await photos.putVersions(id, versions.value);
    await photos.putOriginal(id, bytes);
    return ok(stored);
  };
  const remakeVersion = async (
    id: FileId,
    version: keyof Versions,
    lane: Lane,
  ): Promise<Result<Buffer, FileRefusal>> => {
    const original = await readOriginal(photos, id);
    if (!original.ok) return original;
    const type = imageTypeOf(original.value);
    const versions = type === null ? err(DAMAGED) : await make(original.value, type, lane);
    if (!versions.ok) return versions.error.code === 'file-unreadable' ? err(DAMAGED) : versions;
    await photos.putVersions(id, versions.value).catch(ignoreFullDisk);
    // Erased while they were made: then nothing of it may come back.
    if ((await photos.original(id)) === null) await photos.erase(id);
    return ok(versions.value[version]);
  };
  return {
    put: (bytes, lane = 'signed-in') => put(bytes, lane).catch(refuseFullDisk),
    get: async (id, version, lane = 'signed-in') => {
      if (!isHash(id)) return err({ code: 'file-unknown' });
      const key = id as string as FileId;
      const kept = version === 'original' ? null : await photos.version(key, version);
      const found =
        kept !== null
          ? ok(kept)
          : version === 'original'
            ? await readOriginal(photos, key)
            : await remakeVersion(key, version, lane);
      if (!found.ok) return found;
      const type = imageTypeOf(found.value);
      return type === null ? err(DAMAGED) : ok({ bytes: found.value, type });
    },
    has: async (id) => isHash(id) && photos.touch(id as string as FileId),
    erase: async (ids) => {
      for (const id of ids) if (isHash(id)) await photos.erase(id as string as FileId);
    },
    sweep: (isUsed, older_than_ms) => sweep(photos, isUsed, Date.now() - older_than_ms),
  };
};

const DAMAGED: FileRefusal = { code: 'file-damaged' };

const readOriginal = async (photos: PhotoFolder, id: FileId): Promise<Result<Buffer, FileRefusal>> => {
  const bytes = await photos.original(id);
  if (bytes === null) return err({ code: 'file-unknown' });
  return digestOf(bytes).toString('hex') === id ? ok(bytes) : err(DAMAGED);
};

const sweep = async (photos: PhotoFolder, isUsed: (id: FileId) => boolean, before_ms: number): Promise<number> => {
  let swept = 0;
  for (const id of await photos.ids()) {
    if (isUsed(id)) continue;
    const touched_ms = await photos.touched_ms(id);
    if (touched_ms === null || touched_ms >= before_ms) continue;
    await photos.erase(id);
    swept += 1;
  }
  return swept;
};

const hasRoom = async (folder: string, floor: { readonly bytes: number; readonly share: number }): Promise<boolean> => {
  const { bavail, blocks, bsize } = await statfs(folder);
  return bavail * bsize >= Math.max(floor.bytes, floor.share * blocks * bsize);
};

const refuseFullDisk = (error: unknown): Result<never, FileRefusal> => {
  if (isFullDisk(error)) return err({ code: 'store-full' });
  throw error;
};

/** A version that cannot be kept is served all the same. */
const ignoreFullDisk = (error: unknown): void => {
  if (!isFullDisk(error)) throw error;
};
