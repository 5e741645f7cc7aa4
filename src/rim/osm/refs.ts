import { release } from '#core/base/release.ts';

const CHUNK_BITS = 20;
const CHUNK_BYTES = 1 << CHUNK_BITS;
const REACH = 2 ** 32;

/**
 * Node ids of the ways that are kept, as differences in a byte or two each (2.4 bytes per node on the Isle of Man), in chunks of 1 MiB so that nothing is
 * copied when there are more. A way is read again by the byte where it starts.
 */
export interface WayRefs {
  /** Keeps the first `count` ids. @returns where they start */
  readonly append: (ids: Float64Array, count: number) => number;
  /** Reads `count` ids from where they start. */
  readonly read: (start: number, count: number, into: Float64Array) => void;
  /** Gives back the memory of what starts before this; it is not read again. Infinity for everything. */
  readonly release: (start: number) => void;
  /** Ids kept so far. */
  readonly total: () => number;
}

export const createWayRefs = (): WayRefs => {
  const chunks: Uint8Array[] = [];
  let released = 0;
  let end = 0;
  let total = 0;
  const put = (byte: number): void => {
    const chunk = end >>> CHUNK_BITS;
    const into = (chunks[chunk] ??= new Uint8Array(CHUNK_BYTES));
    into[end & (CHUNK_BYTES - 1)] = byte;
    end += 1;
  };
  return {
    append: (ids, count) => {
      const start = end;
      let before = 0;
      for (let i = 0; i < count; i += 1) {
        const id = ids[i] as number;
        putSigned(put, id - before);
        before = id;
      }
      total += count;
      if (end > REACH) throw new RangeError('more nodes of ways than 4 GiB hold');
      return start;
    },
    read: (start, count, into) => {
      let at = start;
      let id = 0;
      for (let i = 0; i < count; i += 1) {
        let value = 0;
        let scale = 1;
        let byte = 128;
        while (byte > 127) {
          byte = (chunks[at >>> CHUNK_BITS] as Uint8Array)[at & (CHUNK_BYTES - 1)] as number;
          value += (byte & 127) * scale;
          scale *= 128;
          at += 1;
        }
        id += value % 2 === 0 ? value / 2 : -(value + 1) / 2;
        into[i] = id;
      }
    },
    release: (start) => {
      const last = Math.min(chunks.length, Math.floor(start / CHUNK_BYTES));
      for (; released < last; released += 1) release(chunks[released] as Uint8Array);
    },
    total: () => total,
  };
};

/** Zigzag, seven bits a byte; by division, since ids go beyond 32 bits. */
const putSigned = (put: (byte: number) => void, difference: number): void => {
  let value = difference < 0 ? -2 * difference - 1 : 2 * difference;
  while (value > 127) {
    put((value % 128) + 128);
    value = Math.floor(value / 128);
  }
  put(value);
};
