import { release } from '#core/base/release.ts';
import { CodedError } from '#wire/errors.ts';
import { barrierOf } from './barriers.ts';
import { KIND, readBlock } from './block.ts';
import type { BlockVisitor } from './block.ts';
import type { BlobIndex, OsmFile } from './file.ts';
import type { KeptWays } from './kept-ways.ts';
import { createNodeIds } from './node-ids.ts';
import type { NodeIds } from './node-ids.ts';
import type { Tallies } from './read-ways.ts';

/** Bits of `Nodes.flags`; the lowest five are the modes that may not pass (`MODE_BIT`). */
export const NODE = { barred: 31, junction: 32, located: 64, onRoad: 128 } as const;

/** The nodes that ways use, by place: 13 bytes each with their ids. */
export interface Nodes {
  readonly ids: NodeIds;
  readonly lon_e7: Int32Array;
  readonly lat_e7: Int32Array;
  readonly flags: Uint8Array;
}

/** Gives back the memory of the nodes, ids included. */
export const releaseNodes = ({ ids, lon_e7, lat_e7, flags }: Nodes): void => {
  ids.release();
  release(lon_e7, lat_e7, flags);
};

/** Places for all nodes of the ways kept; those used more than once are junctions. Positions come with `locateNodes`. */
export const nodesOf = (kept: KeptWays): Nodes => {
  const shared = createShared(kept.refs.total());
  const ids = createNodeIds((tell) => eachRef(kept, tell), shared.mark);
  const flags = new Uint8Array(ids.count);
  shared.each((place) => {
    flags[place] = NODE.junction;
  });
  return { ids, lon_e7: new Int32Array(ids.count), lat_e7: new Int32Array(ids.count), flags };
};

const eachRef = ({ refs, ref_start, ref_count, order }: KeptWays, tell: (id: number) => void): void => {
  let into = new Float64Array(4096);
  for (const way of order) {
    const count = ref_count[way] as number;
    if (into.length < count) into = new Float64Array(2 * count);
    refs.read(ref_start[way] as number, count, into);
    for (let i = 0; i < count; i += 1) tell(into[i] as number);
  }
};

/** A bit for each place, until it is known how many places there are. */
const createShared = (
  most: number,
): { readonly mark: (place: number) => void; readonly each: (tell: (place: number) => void) => void } => {
  const bits = new Uint8Array((most + 7) >> 3);
  return {
    mark: (place) => {
      const byte = place >> 3;
      bits[byte] = (bits[byte] as number) | (1 << (place & 7));
    },
    each: (tell) => {
      for (let place = 0; place < most; place += 1) {
        if (((bits[place >> 3] as number) & (1 << (place & 7))) !== 0) tell(place);
      }
    },
  };
};

/** The pass over nodes: positions and barriers of those that ways use. @returns how many nodes the file has */
export const locateNodes = (
  file: OsmFile,
  index: BlobIndex,
  nodes: Nodes,
  tallies: Tallies,
  tell: (read_bytes: number) => void,
): number => {
  let count = 0;
  const { ids, lon_e7, lat_e7, flags } = nodes;
  const visit: NonNullable<BlockVisitor['node']> = (id, lon, lat, readTags) => {
    count += 1;
    const place = ids.placeOf(id);
    if (place < 0) return;
    const known = flags[place] as number;
    if ((known & NODE.located) !== 0) {
      checkTwin(file, id, lon === lon_e7[place] && lat === lat_e7[place], tallies);
      return;
    }
    lon_e7[place] = lon;
    lat_e7[place] = lat;
    const barrier = barrierOf(readTags());
    const unknown = barrier?.unknown ?? null;
    if (unknown !== null) tallies.noted.add('barrier', `node/${id}`, `barrier=${unknown}`);
    const barred = barrier?.barred ?? 0;
    flags[place] = known | NODE.located | barred | (barred === 0 ? 0 : NODE.junction);
  };
  for (const [i, place] of index.places.entries()) {
    if (((index.kinds[i] as number) & KIND.nodes) === 0) continue;
    file.reading(place, (block) => readBlock(block, { node: visit }));
    tell(place.offset);
  }
  return count;
};

const checkTwin = (file: OsmFile, id: number, same: boolean, { dropped }: Tallies): void => {
  const object = `node/${id}`;
  if (!same) throw new CodedError('osm-duplicate', { values: { file: file.name, object } });
  dropped.add('twin', object);
};
