import { PbfReader } from 'pbf';

const KNOWN_FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes']);

/** What a file says of itself. */
export interface OsmHeader {
  /** West, south, east, north in degrees; null where the file does not say. */
  readonly bbox: readonly [number, number, number, number] | null;
  /** Made at, in seconds of 1970; null where the file does not say. */
  readonly made_at_s: number | null;
  readonly written_by: string;
  /** A feature that must be understood to read it, and is not. */
  readonly unknown_feature: string | null;
}

interface Fields {
  bbox: [number, number, number, number] | null;
  made_at_s: number | null;
  written_by: string;
  unknown_feature: string | null;
}

export const readHeader = (block: Uint8Array): OsmHeader => {
  const fields: Fields = { bbox: null, made_at_s: null, written_by: '', unknown_feature: null };
  return new PbfReader(block).readFields(readField, fields);
};

const readField = (field: number, into: Fields, pbf: PbfReader): void => {
  if (field === 1) into.bbox = pbf.readMessage(readSide, [0, 0, 0, 0]);
  else if (field === 4) {
    const feature = pbf.readString();
    if (!KNOWN_FEATURES.has(feature)) into.unknown_feature ??= feature;
  } else if (field === 16) into.written_by = pbf.readString();
  else if (field === 32) into.made_at_s = pbf.readVarint(true);
};

/** Fields are left, right, top, bottom in 1e-9 degrees. */
const readSide = (field: number, bbox: [number, number, number, number], pbf: PbfReader): void => {
  const place = [0, 0, 2, 3, 1][field];
  if (place !== undefined && field > 0) bbox[place] = pbf.readSVarint() / 1e9;
};
