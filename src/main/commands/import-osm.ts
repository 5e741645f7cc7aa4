import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Command } from 'commander';
import { text } from '#core/base/text.ts';
import { layBuilt, layMap } from '#engines/travel/road/lay.ts';
import type { LaidMap, Put } from '#engines/travel/road/lay.ts';
import { importOsm } from '#rim/osm/import-osm.ts';
import type { Pass } from '#rim/osm/import-osm.ts';
import { summaryLines } from '#rim/osm/summary.ts';
import type { OsmSummary } from '#rim/osm/summary.ts';
import { ROADS_FILE, writeRoadSections } from '#rim/places/roads.ts';
import { createShelf } from '#rim/places/shelf.ts';
import { CodedError } from '#wire/errors.ts';
import { inWords } from '../coded.ts';
import { returnMemory } from '../memory.ts';
import { JSON_OPTION, answer, warn } from '../shell.ts';
import type { Answering } from '../shell.ts';

interface Options extends Answering {
  readonly out: string;
}

/** `import osm <file> --out <dir>`: the roads of a place from an OpenStreetMap extract. */
export const addImportOsm = (group: Command): void => {
  group
    .command('osm <file>')
    .description('roads and ferries of an OpenStreetMap extract (.osm.pbf), built and ready, into a place directory')
    .requiredOption(
      '--out <dir>',
      'the place directory; what was there of roads is replaced, or left as it is on failure',
    )
    .option(...JSON_OPTION)
    .action((file: string, options: Options) => {
      if (isLarge(file)) returnMemory([SMALL_YOUNG]);
      inWords(() => importInto(file, options));
    });
};

const LARGE_BYTES = 16 * 1024 * 1024;

/** What is young and dead is collected after 4 MiB (per half), not 16 and more: nearly all that is made of a block is dead when the next is read. */
const SMALL_YOUNG = '--max-semi-space-size=4';

/** For a large file it is worth to begin anew with an allocator that gives back what is freed, and a small heap for what is young. */
const isLarge = (file: string): boolean => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGE_BYTES;

const importInto = (file: string, options: Options): void => {
  const started = performance.now();
  checkTarget(options.out);
  const tell = progress(started);
  const { summary, read_s } = importRoads(file, options.out, tell, () => secondsSince(started));
  const took = { read_s, total_s: secondsSince(started) };
  const written = path.join(options.out, ROADS_FILE);
  answer(options, { ...summary, written, took }, [
    ...summaryLines(summary),
    `已写入 written: ${written}（${took.total_s} s，读取 reading ${read_s} s）`,
    ROADS_NOTE,
  ]);
};

/** Reads, builds and writes; what is finished waits in a file of the directory, so that not all of it is in memory at once. */
const importRoads = (
  file: string,
  out: string,
  tell: (words: string) => void,
  clock_s: () => number,
): { readonly summary: OsmSummary; readonly read_s: number } => {
  const shelf = createShelf(out);
  try {
    const { map, summary } = readMap(file, tell, shelf.put);
    const read_s = clock_s();
    tell('建立层级 building the hierarchy');
    writeRoadSections(out, layBuilt(map, shelf.put));
    return { summary, read_s };
  } finally {
    shelf.close();
  }
};

/** Reads the extract; a function of its own, so that nothing holds what was read once it is put away. */
const readMap = (
  file: string,
  tell: (words: string) => void,
  put: Put,
): { readonly map: LaidMap; readonly summary: OsmSummary } => {
  const { data, summary } = importOsm(file, (pass, share) => tell(`${PASS_WORDS[pass]} ${Math.floor(100 * share)} %`));
  return { map: layMap(data, put), summary };
};

/** The licence asks for it wherever the map is shown. */
const ROADS_NOTE = '地图数据 © OpenStreetMap 贡献者，ODbL。 Map data © OpenStreetMap contributors, ODbL.';

const PASS_WORDS: Readonly<Record<Pass, string>> = {
  check: '检查文件 checking the file',
  ways: '读道路 reading ways',
  nodes: '读位置 reading positions',
};

const secondsSince = (moment: number): number => Math.round((performance.now() - moment) / 10) / 100;

const EVERY_MS = 2000;

/** Says on stderr how far a long import is, at most every two seconds; a short one says nothing. */
const progress = (started: number): ((words: string) => void) => {
  let told = started;
  return (words) => {
    const now = performance.now();
    if (now - told < EVERY_MS) return;
    told = now;
    warn(`${secondsSince(started)} s  ${words}`);
  };
};

/** Before the long work: what is no directory cannot take the roads. */
const checkTarget = (dir: string): void => {
  if (!existsSync(dir) || statSync(dir).isDirectory()) return;
  throw new CodedError('place-write-failed', { values: { file: dir, what: text('不是目录', 'it is no directory') } });
};
