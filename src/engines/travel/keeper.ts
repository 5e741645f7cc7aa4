/** Something that costs time to make and is the same at every start. */
export interface Piece<T> {
  /** Null where the bytes are damaged, of another version, or belong to something else. */
  readonly read: (bytes: Uint8Array) => T | null;
  readonly make: () => T;
  readonly write: (made: T) => Uint8Array;
}

/** Keeps pieces of a place from one start to the next. */
export interface Keeper {
  /** What is kept by a name where it still fits; else what is made now, which is kept in its stead. */
  readonly keep: <T>(name: string, piece: Piece<T>) => T;
}

/** Makes everything anew. */
export const FORGETFUL: Keeper = { keep: (_name, piece) => piece.make() };
