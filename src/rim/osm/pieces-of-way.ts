import { ROAD_CLASSES } from '#engines/travel/road/data.ts';
import type { KeptWays } from './kept-ways.ts';
import { NODE } from './nodes.ts';
import type { Nodes } from './nodes.ts';

export const FERRY_CLASS = ROAD_CLASSES.indexOf('ferry');

/** A way as places of nodes, in stretches that lie in the extract. Made once and used for one way after the other. */
export interface WayReader {
  /** Reads a way; tells each stretch of two or more located nodes as `places[from … to]`. */
  readonly stretches: (way: number, tell: (places: Int32Array, from: number, to: number) => void) => WayCut;
}

/** Where a way goes beyond the extract. */
export interface WayCut {
  /** Nodes that are not in the extract. */
  readonly missing: number;
  /** Its first or last node is not there. */
  readonly open: boolean;
}

export const createWayReader = (kept: KeptWays, { ids, flags }: Nodes): WayReader => {
  let refs = new Float64Array(4096);
  let places = new Int32Array(4096);
  const read = (way: number): number => {
    const count = kept.ref_count[way] as number;
    if (refs.length < count) [refs, places] = [new Float64Array(2 * count), new Int32Array(2 * count)];
    kept.refs.read(kept.ref_start[way] as number, count, refs);
    let length = 0;
    for (let i = 0; i < count; i += 1) {
      if (i > 0 && refs[i] === refs[i - 1]) continue;
      const place = ids.placeOf(refs[i] as number);
      places[length] = place >= 0 && ((flags[place] as number) & NODE.located) !== 0 ? place : -1;
      length += 1;
    }
    return length;
  };
  return {
    stretches: (way, tell) => {
      const length = read(way);
      let missing = 0;
      for (let i = 0; i < length; i += 1) if (places[i] === -1) missing += 1;
      const open = places[0] === -1 || places[length - 1] === -1;
      // A ferry goes straight over what is not there between its piers; a road ends.
      const end = missing > 0 && kept.class[way] === FERRY_CLASS ? squeeze(places, length) : length;
      let start = 0;
      for (let i = 0; i <= end; i += 1) {
        if (i < end && places[i] !== -1) continue;
        if (i - start >= 2) tell(places, start, i - 1);
        start = i + 1;
      }
      return { missing, open };
    },
  };
};

const squeeze = (places: Int32Array, length: number): number => {
  let end = 0;
  for (let i = 0; i < length; i += 1) {
    if (places[i] === -1) continue;
    places[end] = places[i] as number;
    end += 1;
  }
  return end;
};

/** Tells the pieces of a stretch between one junction and the next, ends included. */
export const eachPiece = (
  places: Int32Array,
  from: number,
  to: number,
  flags: Uint8Array,
  tell: (first: number, last: number) => void,
): void => {
  let first = from;
  for (let i = from + 1; i <= to; i += 1) {
    if (i < to && ((flags[places[i] as number] as number) & NODE.junction) === 0) continue;
    tell(first, i);
    first = i;
  }
};
