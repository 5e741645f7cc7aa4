import path from 'node:path';
import process from 'node:process';

/** The real extract the figures of travel are taken on. */
export const EXTRACT = path.join(
  process.env['QUNDAO_SHARED'] ?? path.join(import.meta.dirname, '../../../shared'),
  'data/osm/isle-of-man-2021.osm.pbf',
);
