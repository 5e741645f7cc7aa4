import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const SHARED = process.env['QUNDAO_SHARED'] ?? path.join(import.meta.dirname, '../../../shared');

/** A file of the real data that is not part of the project; `skip` says so where it is absent. */
export const sharedFile = (name: string): { readonly file: string; readonly skip: string | false } => {
  const file = path.join(SHARED, 'data', name);
  const skip = existsSync(file)
    ? false
    : `the real data is not here: ${file} (set QUNDAO_SHARED to the folder that holds data/${path.dirname(name)})`;
  return { file, skip };
};
