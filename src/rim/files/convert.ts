import process from 'node:process';
import sharp from 'sharp';
import type { ImageType, Versions } from './images.ts';

/**
 * Program of the child process that reads one photo: pictures come from strangers, so the library that unpacks them runs away
 * from the ledger and its keys, and the memory it took goes back to the system with it.
 * Receives a `Task`, answers with `Versions`, or null when the picture cannot be read.
 */
export interface Task {
  readonly bytes: Uint8Array;
  readonly type: ImageType;
}

/** Longest edge of what the public sees: enough to read a number plate on a screen. */
const PUBLIC_EDGE_PX = 2560;
const SMALL_EDGE_PX = 320;
/** A small file can unpack to gigabytes; larger pictures than this are refused before they are. */
const PIXELS_MAX = 50_000_000;

const convert = async ({ bytes, type }: Task): Promise<Versions> => {
  const fitted = (edge: number) => ({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true }) as const;
  // Upright by its own note first, because the note goes with all other metadata.
  const image = sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: 'error' })
    .autoOrient()
    .resize(fitted(PUBLIC_EDGE_PX));
  const encoded =
    type === 'image/png'
      ? image.png()
      : type === 'image/webp'
        ? image.webp({ quality: 85 })
        : image.jpeg({ quality: 85 });
  const shown = await encoded.toBuffer();
  const small = await sharp(shown).resize(fitted(SMALL_EDGE_PX)).webp({ quality: 75 }).toBuffer();
  return { public: shown, small };
};

sharp.cache(false);
sharp.concurrency(1);
process.once('message', (task: Task) => {
  void convert(task)
    // The library throws plain errors for whatever is wrong with a picture; the sender can only send another one.
    .catch(() => null)
    .then((versions) => process.send?.(versions, () => process.disconnect?.()));
});
