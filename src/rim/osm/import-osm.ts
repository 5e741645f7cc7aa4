import { release } from '#core/base/release.ts';
import { CodedError } from '#wire/errors.ts';
import { MODE_BIT } from '#engines/travel/road/data.ts';
import type { RoadData } from '#engines/travel/road/data.ts';
import { assemble } from './assemble.ts';
import { bansOf, markVias, viasOf } from './bans.ts';
import { KIND, readBlock } from './block.ts';
import { componentsOf } from './components.ts';
import { leavingLines, timeFerries } from './ferry-times.ts';
import { indexBlobs, openOsm } from './file.ts';
import type { OsmFile } from './file.ts';
import { releaseWays } from './kept-ways.ts';
import { locateNodes, nodesOf } from './nodes.ts';
import { createRelationReader, readWays } from './read-ways.ts';
import type { ReadWays, Relations, Tallies } from './read-ways.ts';
import type { OsmSummary } from './summary.ts';
import { createTally } from './tally.ts';

/** The passes over the file, in order. */
export const PASSES = ['check', 'ways', 'nodes'] as const;
export type Pass = (typeof PASSES)[number];

export interface OsmImport {
  readonly data: RoadData;
  readonly summary: OsmSummary;
}

/**
 * Roads of an OpenStreetMap extract (.osm.pbf), in three passes: every block is unpacked and relations are read; ways; positions of the nodes that ways
 * use. Never more than one block is held, besides what is kept (docs/decisions/0016-…). The same objects in any order give the same roads.
 * @param tell how far a pass is, 0 … 1, after each block
 * @throws CodedError with a code of `wire/osm-errors.ts`
 */
export const importOsm = (name: string, tell: (pass: Pass, share: number) => void): OsmImport => {
  const file = openOsm(name);
  try {
    return importFrom(file, (pass) => (read_bytes) => tell(pass, read_bytes / file.size_bytes));
  } finally {
    file.close();
  }
};

const importFrom = (file: OsmFile, telling: (pass: Pass) => (read_bytes: number) => void): OsmImport => {
  const tallies: Tallies = { dropped: createTally(), noted: createTally() };
  const reader = createRelationReader(tallies);
  const index = indexBlobs(
    file,
    (block, kinds) => {
      if ((kinds & KIND.relations) !== 0) readBlock(block, { relation: reader.visit });
    },
    telling('check'),
  );
  const relations = reader.finish();
  const ways = readWays(file, index, relations.ferries, tallies, telling('ways'));
  const nodes = nodesOf(ways.kept);
  const node_count = locateNodes(file, index, nodes, tallies, telling('nodes'));
  const vias = viasOf(relations.restrictions);
  markVias(vias, nodes);
  const assembled = assemble(ways.kept, nodes, vias, tallies);
  if (assembled.data.edge_from.length === 0) throw withoutRoads(file, ways, node_count);
  const ferries = timeFerries(ways.ferries, ways.kept, assembled, tallies);
  const bans = bansOf(relations.restrictions, ways.kept, assembled, tallies);
  releaseWays(ways.kept);
  release(assembled.way_start, assembled.number_of_way);
  const data = { ...assembled.data, bans };
  const counts = { nodes: node_count, ways: ways.count, relations: relations.count };
  const lines = leavingLines(relations.ferries, ferries);
  return { data, summary: summaryOf(file, data, counts, { ...tallies, ferries, lines, relations }) };
};

const withoutRoads = (file: OsmFile, ways: ReadWays, nodes: number): CodedError =>
  new CodedError('osm-without-roads', {
    values: { file: file.name, nodes, ways: ways.count, highways: ways.highways },
  });

const ANYBODY = Object.values(MODE_BIT).reduce((bits, bit) => bits | bit, 0);

type Found = Tallies & {
  readonly ferries: OsmSummary['ferries'];
  readonly lines: OsmSummary['lines_leaving'];
  readonly relations: Relations;
};

const summaryOf = (file: OsmFile, data: RoadData, counts: OsmSummary['read'], found: Found): OsmSummary => ({
  file: file.name,
  size_bytes: file.size_bytes,
  made_at_s: file.header.made_at_s,
  written_by: file.header.written_by,
  extract_bbox: file.header.bbox,
  bbox: boundsOf(data),
  read: counts,
  kept: {
    ways: data.ways.id.length,
    nodes: data.node_lon_e7.length,
    edges: data.edge_from.length,
    points: data.shape_lon_e7.length,
    length_m: Math.round(data.edge_length_m.reduce((sum, length) => sum + length, 0)),
    restrictions: found.relations.restrictions.length,
    bans: data.bans.length,
    barriers: data.node_barred.reduce((sum, barred) => sum + (barred === 0 ? 0 : 1), 0),
  },
  ferries: found.ferries,
  lines_leaving: found.lines,
  pieces: {
    anybody: componentsOf(data, ANYBODY),
    car: componentsOf(data, MODE_BIT.car),
    foot: componentsOf(data, MODE_BIT.foot),
  },
  dropped: found.dropped.counts(),
  noted: found.noted.counts(),
});

const boundsOf = (data: RoadData): OsmSummary['bbox'] => {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const lon of data.node_lon_e7) [west, east] = [Math.min(west, lon), Math.max(east, lon)];
  for (const lat of data.node_lat_e7) [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  return [west / 1e7, south / 1e7, east / 1e7, north / 1e7];
};
