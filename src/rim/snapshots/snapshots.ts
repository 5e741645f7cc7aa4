import { createHash } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Snapshots } from '#app/ports.ts';

/** The last line of a snapshot: how many lines stand before it, and the SHA-256 of their bytes. */
interface Seal {
  readonly lines: number;
  readonly sha256: string;
}

const NAME = /^[a-z0-9][a-z0-9-]*$/;
const FILE = /^(.+)-(\d{1,16})\.jsonl$/;
const WRITE_CHARACTERS = 1 << 20;

/**
 * Snapshots of views as `views/<name>-<seq>.jsonl` under `dir`. Written beside, fsynced, then renamed: a snapshot is there
 * whole or not at all. A damaged one reads as absent, and the one before it is tried.
 */
export const openSnapshots = (dir: string): Snapshots => {
  const folder = join(dir, 'views');
  return {
    get: async (name) => {
      for (const seq of await storedSeqs(folder, name)) {
        const lines = await readIntact(pathOf(folder, name, seq));
        if (lines !== null) return { seq, lines };
      }
      return null;
    },
    put: async (name, seq, lines) => {
      if (!NAME.test(name) || !Number.isSafeInteger(seq) || seq < 0)
        throw new RangeError(`not a snapshot: ${name} ${seq}`);
      await mkdir(folder, { recursive: true });
      const path = pathOf(folder, name, seq);
      await writeWhole(folder, path, lines);
      for (const old of await storedSeqs(folder, name))
        if (old < seq) await rm(pathOf(folder, name, old), { force: true });
    },
  };
};

const pathOf = (folder: string, name: string, seq: number): string => join(folder, `${name}-${seq}.jsonl`);

/** Newest first. */
const storedSeqs = async (folder: string, name: string): Promise<readonly number[]> => {
  const files = await readdir(folder).catch(() => []);
  return files
    .map((file) => FILE.exec(file))
    .filter((match) => match?.[1] === name)
    .map((match) => Number(match?.[2]))
    .toSorted((a, b) => b - a);
};

const writeWhole = async (folder: string, path: string, lines: Iterable<string>): Promise<void> => {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w');
  try {
    await writeLines(file, lines);
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(temporary, { force: true });
    throw error;
  }
  await file.close();
  await rename(temporary, path);
  const directory = await open(folder, 'r');
  await directory.sync();
  await directory.close();
};

const writeLines = async (file: FileHandle, lines: Iterable<string>): Promise<void> => {
  const sum = createHash('sha256');
  let count = 0;
  let waiting = '';
  const flush = async (): Promise<void> => {
    sum.update(waiting, 'utf8');
    await file.writeFile(waiting);
    waiting = '';
  };
  for (const line of lines) {
    if (line.includes('\n')) throw new RangeError('a line of a snapshot holds a line feed');
    waiting += `${line}\n`;
    count += 1;
    if (waiting.length >= WRITE_CHARACTERS) await flush();
  }
  await flush();
  const seal: Seal = { lines: count, sha256: sum.digest('hex') };
  await file.writeFile(`${JSON.stringify(seal)}\n`);
};

/** The lines, or null when the file is absent, torn or changed. */
const readIntact = async (path: string): Promise<readonly string[] | null> => {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null || bytes.at(-1) !== LINE_FEED) return null;
  const sealAt = bytes.lastIndexOf(LINE_FEED, bytes.length - 2) + 1;
  const body = bytes.subarray(0, sealAt);
  const lines = linesOf(body);
  const seal: Seal = { lines: lines.length, sha256: createHash('sha256').update(body).digest('hex') };
  return bytes.subarray(sealAt).toString('utf8') === `${JSON.stringify(seal)}\n` ? lines : null;
};
const LINE_FEED = 10;

/** Line by line, as one text of a large view would not fit into a string. */
const linesOf = (body: Buffer): readonly string[] => {
  const lines: string[] = [];
  for (let from = 0; from < body.length;) {
    const to = body.indexOf(LINE_FEED, from);
    lines.push(body.toString('utf8', from, to));
    from = to + 1;
  }
  return lines;
};
