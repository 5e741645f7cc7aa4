import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import process from 'node:process';

/** Bytes of all typed arrays within a value, each buffer once. */
export const arrayBytes = (value: unknown): number => {
  const buffers = new Map<ArrayBufferLike, number>();
  const visit = (one: unknown): void => {
    if (ArrayBuffer.isView(one)) buffers.set(one.buffer, one.buffer.byteLength);
    else if (typeof one === 'object' && one !== null) for (const part of Object.values(one)) visit(part);
  };
  visit(value);
  return [...buffers.values()].reduce((sum, bytes) => sum + bytes, 0);
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes a piece of work keeps, in typed arrays and on the heap, after a full collection. */
export const keptBytes = <T>(work: () => T): { readonly value: T; readonly arrays: number; readonly heap: number } => {
  collect();
  const before = process.memoryUsage();
  const value = work();
  collect();
  const after = process.memoryUsage();
  return { value, arrays: after.arrayBuffers - before.arrayBuffers, heap: after.heapUsed - before.heapUsed };
};

/** Bytes of typed arrays a piece of work has made, kept or not; nothing is collected meanwhile. */
export const madeBytes = (work: () => unknown): number => {
  collect();
  const before = process.memoryUsage().arrayBuffers;
  work();
  return process.memoryUsage().arrayBuffers - before;
};
