import { Fields } from './fields.ts';
import { Problems } from './problems.ts';
import type { GtfsSource } from './source.ts';
import { readTable } from './table.ts';
import type { Row } from './table.ts';

/** One feed being read: where from, what is wrong so far. */
export interface Reading {
  readonly source: GtfsSource;
  readonly problems: Problems;
  readonly fields: Fields;
}

export const reading = (source: GtfsSource): Reading => {
  const problems = new Problems();
  return { source, problems, fields: new Fields(problems) };
};

/** Reads a file that a feed may lack. */
export const readOptional = async (
  { source }: Reading,
  file: string,
  required: readonly string[],
  onRow: (row: Row) => void,
): Promise<boolean> => {
  if (!source.files.has(file)) return false;
  await readTable(source, file, required, onRow);
  return true;
};

/** Tells that a row names something that is not there. */
export const unknown = ({ problems }: Reading, row: Row, column: string, other: string): void =>
  problems.add('gtfs-reference-unknown', { file: row.file, line: row.line, column, value: row.get(column), other });
