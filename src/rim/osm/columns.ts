import { release } from '#core/base/release.ts';

type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Numbers of which it is not known how many will come. */
export interface Column<T extends Numbers> {
  readonly push: (value: number) => void;
  /** All values in one array of just their length. To be asked for once: the column is empty afterwards. */
  readonly values: () => T;
}

const CHUNK = 1 << 14;

/** Kept in chunks: nothing is copied while it grows, and put together each chunk is given back as soon as it is copied. */
export const createColumn = <T extends Numbers>(make: new (length: number) => T): Column<T> => {
  const chunks: T[] = [];
  let last = new make(0);
  let used = 0;
  return {
    push: (value) => {
      if (used === last.length) {
        last = new make(CHUNK);
        chunks.push(last);
        used = 0;
      }
      last[used] = value;
      used += 1;
    },
    values: () => {
      const count = chunks.length === 0 ? 0 : (chunks.length - 1) * CHUNK + used;
      const all = new make(count);
      for (const [i, chunk] of chunks.entries()) {
        all.set(chunk.subarray(0, Math.min(CHUNK, count - i * CHUNK)), i * CHUNK);
        release(chunk);
      }
      chunks.length = 0;
      return all;
    },
  };
};
