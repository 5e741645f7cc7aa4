import type { Sharp } from 'sharp';

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

/** Longest edge of what the public sees: enough to read a number plate on a screen. */
const PUBLIC_EDGE_PX = 2560;
const SMALL_EDGE_PX = 320;
/** A small file can unpack to gigabytes; larger pictures than this are refused before they are. */
const PIXELS_MAX = 50_000_000;

/** Versions made from an original. Both are upright and carry no metadata: no position, no device, no thumbnail of before a crop. */
export interface Versions {
  /** At most 2,560 px, of the original's type. */
  readonly public: Buffer;
  /** At most 320 px, WebP. */
  readonly small: Buffer;
}

/** Makes the versions of a photo, one photo at a time so that memory stays small. Resolves to null when it cannot be read. */
export const makeVersions = (() => {
  let last: Promise<unknown> = Promise.resolve();
  return (bytes: Uint8Array, type: ImageType): Promise<Versions | null> => {
    const mine = last.then(() => convert(bytes, type));
    last = mine.catch(() => undefined);
    return mine;
  };
})();

const convert = async (bytes: Uint8Array, type: ImageType): Promise<Versions | null> => {
  // Loaded with the first photo: a server that gets none does not pay for it.
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  const sized = (edge: number): Sharp =>
    sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: 'error' })
      .autoOrient()
      .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true });
  try {
    return {
      public: await encode(sized(PUBLIC_EDGE_PX), type).toBuffer(),
      small: await sized(SMALL_EDGE_PX).webp({ quality: 75 }).toBuffer(),
    };
  } catch {
    // The library throws plain errors for whatever is wrong with a picture; the sender can only send another one.
    return null;
  }
};

const encode = (image: Sharp, type: ImageType): Sharp => {
  if (type === 'image/png') return image.png();
  return type === 'image/webp' ? image.webp({ quality: 85 }) : image.jpeg({ quality: 85, mozjpeg: false });
};
