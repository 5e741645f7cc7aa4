/**
 * What one knows at a node while scanning backwards: pairs of (be there by, arrive at the place), later ones with later arrivals,
 * none that another makes useless. Latest first, as a scan finds them; `pairs` are numbers in the pool they share.
 */
export class Pool {
  readonly by: number[] = [];
  readonly arrive: number[] = [];
  /** Connections where the ride begins and ends, and the piece of the closure that leads to the first. */
  readonly board: number[] = [];
  readonly exit: number[] = [];
  readonly piece: number[] = [];

  add(by: number, arrive: number, board: number, exit: number, piece: number): number {
    this.by.push(by);
    this.arrive.push(arrive);
    this.board.push(board);
    this.exit.push(exit);
    this.piece.push(piece);
    return this.by.length - 1;
  }
}

/** Arrival when at the node at `at`, by the pairs alone; Infinity when there is none left. */
export const arrivalBy = (pool: Pool, pairs: readonly number[], at: number): number => {
  let [low, high] = [0, pairs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pool.by[pairs[middle] as number] as number) >= at) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? Infinity : (pool.arrive[pairs[low - 1] as number] as number);
};

/**
 * Where a pair would stand, or -1 when one that is there is as good. Looked for from the end: a scan that goes back in time adds
 * mostly there.
 */
export const placeFor = (pool: Pool, pairs: readonly number[], by: number, arrive: number): number => {
  let place = pairs.length;
  while (place > 0 && (pool.by[pairs[place - 1] as number] as number) < by) place -= 1;
  if (place === 0) return 0;
  const before = pairs[place - 1] as number;
  if ((pool.arrive[before] as number) <= arrive) return -1;
  return pool.by[before] === by ? place - 1 : place;
};

/** Puts a pair at its place and drops those it makes useless. */
export const putAt = (pool: Pool, pairs: number[], place: number, pair: number): void => {
  const arrive = pool.arrive[pair] as number;
  let end = place;
  while (end < pairs.length && (pool.arrive[pairs[end] as number] as number) >= arrive) end += 1;
  if (end === pairs.length) {
    pairs.length = place;
    pairs.push(pair);
  } else pairs.splice(place, end - place, pair);
};
