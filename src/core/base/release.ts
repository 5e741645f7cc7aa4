/**
 * Gives back the memory of large arrays at once. Left to the garbage collector they stay until it next runs, and it does not know that they weigh
 * anything: their numbers are no objects. The arrays are empty afterwards; what shares their buffer is empty too.
 */
export const release = (...arrays: readonly { readonly buffer: ArrayBufferLike }[]): void => {
  for (const { buffer } of arrays) if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0);
};
