import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Bytes of a frame at most. A link of 32 kbit/s carries one in two seconds, so that each is a sign of life in time. */
const FRAME_BYTES = 8_000;
/** number of the word, number of the frame, frames of the word. */
const HEADER_BYTES = 8;
/** A word may be so large when unpacked; a piece of a thousand events is half a megabyte. */
const WORD_BYTES_MAX = 64_000_000;
/** Words of one neighbour of which some frames have come. Older ones are given up: they are asked for again. */
const UNFINISHED_MAX = 16;

/** A word as frames: compressed, and cut so that none holds the link for long. @param number tells the sender's words apart */
export const framesOf = (word: string, number: number): readonly Uint8Array[] => {
  const packed = zstdCompressSync(word);
  const count = Math.max(1, Math.ceil(packed.length / FRAME_BYTES));
  return Array.from({ length: count }, (_, index) => {
    const frame = Buffer.alloc(HEADER_BYTES + Math.min(FRAME_BYTES, packed.length - index * FRAME_BYTES));
    frame.writeUInt32BE(number % 2 ** 32, 0);
    frame.writeUInt16BE(index, 4);
    frame.writeUInt16BE(count, 6);
    packed.copy(frame, HEADER_BYTES, index * FRAME_BYTES);
    return frame;
  });
};

interface Unfinished {
  readonly parts: (Uint8Array | undefined)[];
  missing: number;
}

/** Frames of one neighbour put together again, in whatever order they come. */
export class Frames {
  readonly #unfinished = new Map<number, Unfinished>();

  /** @returns the word when this frame was its last; null while others are missing, or when it is no frame of a word */
  take(frame: Uint8Array): string | null {
    const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
    if (bytes.length < HEADER_BYTES) return null;
    const [number, index, count] = [bytes.readUInt32BE(0), bytes.readUInt16BE(4), bytes.readUInt16BE(6)];
    if (index >= count) return null;
    const part = bytes.subarray(HEADER_BYTES);
    if (count === 1) return unpacked(part);
    const word = this.#wordOf(number, count);
    if (word.parts.length !== count || word.parts[index] !== undefined) return null;
    word.parts[index] = part;
    word.missing -= 1;
    if (word.missing > 0) return null;
    this.#unfinished.delete(number);
    return unpacked(Buffer.concat(word.parts as Uint8Array[]));
  }

  #wordOf(number: number, count: number): Unfinished {
    const known = this.#unfinished.get(number);
    if (known !== undefined) return known;
    const oldest = this.#unfinished.keys().next().value;
    if (this.#unfinished.size >= UNFINISHED_MAX && oldest !== undefined) this.#unfinished.delete(oldest);
    const fresh = { parts: Array.from<undefined>({ length: count }), missing: count };
    this.#unfinished.set(number, fresh);
    return fresh;
  }
}

const unpacked = (packed: Uint8Array): string | null => {
  try {
    return zstdDecompressSync(packed, { maxOutputLength: WORD_BYTES_MAX }).toString('utf8');
  } catch {
    return null;
  }
};
