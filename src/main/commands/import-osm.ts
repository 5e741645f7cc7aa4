import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Command } from 'commander';
import { text } from '#core/base/text.ts';
import { buildRoads } from '#engines/travel/road/built.ts';
import { importOsm } from '#rim/osm/import-osm.ts';
import type { Pass } from '#rim/osm/import-osm.ts';
import { summaryLines } from '#rim/osm/summary.ts';
import { ROADS_FILE, writeRoads } from '#rim/places/roads.ts';
import { reasonOf } from '#rim/places/write.ts';
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
      if (isLarge(file)) returnMemory();
      inWords(() => importInto(file, options));
    });
};

const LARGE_BYTES = 64 * 1024 * 1024;

/** For a large file it is worth to begin anew with an allocator that gives back what is freed: a tenth less memory. */
const isLarge = (file: string): boolean => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGE_BYTES;

const importInto = (file: string, options: Options): void => {
  const started = performance.now();
  checkTarget(options.out);
  const tell = progress(started);
  const { data, summary } = importOsm(file, (pass, share) => tell(`${PASS_WORDS[pass]} ${Math.floor(100 * share)} %`));
  const read_s = secondsSince(started);
  tell('建立层级 building the hierarchy');
  const roads = buildRoads(data);
  makeDirectory(options.out);
  writeRoads(options.out, roads);
  const took = { read_s, total_s: secondsSince(started) };
  const written = path.join(options.out, ROADS_FILE);
  answer(options, { ...summary, written, took }, [
    ...summaryLines(summary),
    `已写入 written: ${written}（${took.total_s} s，读取 reading ${read_s} s）`,
    ROADS_NOTE,
  ]);
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

const makeDirectory = (dir: string): void => {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw new CodedError('place-write-failed', { values: { file: dir, what: reasonOf(error) } });
  }
};
