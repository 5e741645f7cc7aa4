import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { wholeLines } from './lines-of-text.ts';
import { FeedError, feedError } from './problems.ts';
import type { GtfsSource } from './source.ts';
import { unreadable } from './source.ts';

/** The row a reader stands at; the same object for every row of a file. */
export interface Row {
  readonly file: string;
  /** In the file, from 1; where a quoted value holds line breaks, its last. */
  readonly line: number;
  /** Without blanks around it; empty where the column is missing or the row is short. */
  readonly get: (column: string) => string;
}

/**
 * Reads one file row by row. Nothing is kept of a row once `onRow` has returned. What `onRow` throws ends the reading.
 * @param required columns the header must have
 * @throws FeedError gtfs-file-missing, -file-empty, -column-missing, -encoding, -malformed, -unreadable
 */
export const readTable = async (
  source: GtfsSource,
  file: string,
  required: readonly string[],
  onRow: (row: Row) => void,
): Promise<void> => {
  if (!source.files.has(file)) throw feedError('gtfs-file-missing', { feed: source.name, file });
  let columns: ReadonlyMap<string, number> | null = null;
  let [record, line] = [[] as readonly string[], 0];
  const row: Row = {
    file,
    get line() {
      return line;
    },
    get: (column) => record[columns?.get(column) ?? -1]?.trim() ?? '',
  };
  const onRecord = (values: string[], context: { readonly lines: number }): null => {
    [record, line] = [values, context.lines];
    if (columns === null) columns = headerOf(file, values, required);
    else onRow(row);
    return null;
  };
  const parser = parse({ relax_column_count: true, skip_empty_lines: true, on_record: onRecord });
  // Rows are taken as they are parsed; the parser's own output is empty and must flow.
  parser.resume();
  try {
    await pipeline(await source.open(file), wholeLines(file), parser);
  } catch (error) {
    throw tableError(source, file, error);
  }
  if (columns === null) throw feedError('gtfs-file-empty', { file });
};

const headerOf = (file: string, names: readonly string[], required: readonly string[]): ReadonlyMap<string, number> => {
  const columns = new Map(names.map((name, place) => [name.trim(), place]));
  const missing = required.find((name) => !columns.has(name));
  if (missing !== undefined) throw feedError('gtfs-column-missing', { file, column: missing });
  return columns;
};

const tableError = (source: GtfsSource, file: string, error: unknown): FeedError => {
  if (error instanceof FeedError) return error;
  if (error instanceof CsvError)
    return feedError('gtfs-malformed', { file, line: Number(error['lines']), what: error.message });
  return unreadable(`${source.name} (${file})`, error);
};
