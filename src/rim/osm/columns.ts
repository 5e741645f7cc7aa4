/** A typed array that grows by an eighth when it is full: little is left over at the end. */
export interface Column<T extends Uint8Array | Uint16Array | Uint32Array | Float64Array> {
  readonly push: (value: number) => void;
  /** All values so far; the array itself, not a copy. */
  readonly values: () => T;
}

type Maker<T> = new (length: number) => T;

const START = 1024;

export const createColumn = <T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
  make: Maker<T>,
): Column<T> => {
  let array = new make(START);
  let count = 0;
  return {
    push: (value) => {
      if (count === array.length) {
        const longer = new make(count + (count >> 3));
        longer.set(array);
        array = longer;
      }
      array[count] = value;
      count += 1;
    },
    values: () => array.subarray(0, count) as T,
  };
};
