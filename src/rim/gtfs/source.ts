import { createReadStream, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { text } from '#core/base/text.ts';
import { reasonOf } from '../places/write.ts';
import { FeedError, feedError } from './problems.ts';

/** The text files of a feed. */
export interface GtfsSource {
  /** As it was named. */
  readonly name: string;
  readonly files: ReadonlySet<string>;
  /** @param file one of `files` */
  readonly open: (file: string) => Promise<Readable>;
  readonly close: () => void;
}

/**
 * Opens a directory of GTFS files, or a .zip of them (also one with a folder around them). Files are streamed, never unpacked to disk.
 * @throws FeedError gtfs-unreadable
 */
export const openGtfs = async (name: string): Promise<GtfsSource> => {
  try {
    return statSync(name).isDirectory() ? directory(name) : await archive(name);
  } catch (error) {
    throw unreadable(name, error);
  }
};

/** What is wrong with the source itself, when it is opened or read. */
export const unreadable = (file: string, error: unknown): FeedError => {
  if (error instanceof FeedError) return error;
  const known = error instanceof Error && 'code' in error;
  const message = error instanceof Error ? error.message : String(error);
  const what = known ? reasonOf(error) : text(`压缩包损坏（${message}）`, `the archive is damaged (${message})`);
  return feedError('gtfs-unreadable', { file, what });
};

const directory = (name: string): GtfsSource => ({
  name,
  files: new Set(readdirSync(name)),
  open: (file) => Promise.resolve(createReadStream(path.join(name, file))),
  close: () => undefined,
});

const archive = async (name: string): Promise<GtfsSource> => {
  const zip = await openPromise(name, { autoClose: false, lazyEntries: true });
  try {
    const entries = await entriesOf(zip);
    const folder = folderOf([...entries.keys()]);
    const inFolder = [...entries].filter(([file]) => path.posix.dirname(file) === folder);
    const files = new Map(inFolder.map(([file, entry]) => [path.posix.basename(file), entry]));
    return {
      name,
      files: new Set(files.keys()),
      open: async (file) => {
        const entry = files.get(file) as Entry;
        return checked(await zip.openReadStreamPromise(entry), entry);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
};

/** Passes a file of an archive on, and fails at its end where its checksum is not what the archive says. */
const checked = (stream: Readable, { fileName, crc32: said }: Entry): Readable => {
  let sum = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      done(null, chunk);
    },
    flush(done) {
      done(sum === said ? null : new Error(`${fileName}: checksum`));
    },
  });
  stream.on('error', (error) => check.destroy(error));
  return stream.pipe(check);
};

const entriesOf = async (zip: ZipFile): Promise<ReadonlyMap<string, Entry>> => {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return entries;
};

/** The folder nearest to the top that holds a `stops.txt` or another file every feed has. */
const folderOf = (files: readonly string[]): string => {
  const folders = files
    .filter((file) => ['stops.txt', 'routes.txt', 'trips.txt', 'agency.txt'].includes(path.posix.basename(file)))
    .map((file) => path.posix.dirname(file));
  return folders.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? '.';
};
