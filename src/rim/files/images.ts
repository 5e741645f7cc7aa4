import { fork } from 'node:child_process';
import type { Task } from './convert.ts';

/** Photos that are taken. HEIC is not: the image library is built without its patented decoder, and phones send JPEG to web pages. */
export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** What the bytes are, by their first ones; a name or a header can say anything. Null for what is not taken. */
export const imageTypeOf = (bytes: Uint8Array): ImageType | null => {
  const begins = (signature: readonly number[], at = 0) => signature.every((byte, index) => bytes[at + index] === byte);
  if (begins([0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (begins(PNG)) return 'image/png';
  const [riff, webp] = [Buffer.from('RIFF'), Buffer.from('WEBP')];
  return begins([...riff]) && begins([...webp], 8) ? 'image/webp' : null;
};

/** Versions made from an original. Both are upright and carry no metadata: no position, no device, no thumbnail of before a crop. */
export interface Versions {
  /** At most 2,560 px, of the original's type. */
  readonly public: Buffer;
  /** At most 320 px, WebP. */
  readonly small: Buffer;
}

/** A picture that takes longer is made to. */
const CONVERT_MS_MAX = 30_000;

/**
 * Makes the versions of a photo; to be called one at a time, so that memory stays small. Resolves to null when it cannot be read.
 * Hands the photo to a child process without our environment. A child that dies over a picture has not read it.
 */
export const makeVersions = (bytes: Uint8Array, type: ImageType): Promise<Versions | null> =>
  new Promise((resolve, reject) => {
    const child = fork(new URL('./convert.ts', import.meta.url), {
      serialization: 'advanced',
      execArgv: [],
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      timeout: CONVERT_MS_MAX,
      killSignal: 'SIGKILL',
    });
    child.once('message', (versions: { readonly public: Uint8Array; readonly small: Uint8Array } | null) =>
      resolve(versions === null ? null : { public: Buffer.from(versions.public), small: Buffer.from(versions.small) }),
    );
    child.once('error', reject);
    child.once('exit', () => resolve(null));
    child.send({ bytes, type } satisfies Task, (error) => {
      if (error !== null) resolve(null);
    });
  });
