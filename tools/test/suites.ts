import { globSync } from 'node:fs';

/** One call of a program within a suite. */
export interface Run {
  /** A command's exit code is one test; the others report each test. */
  readonly by: 'command' | 'node' | 'playwright';
  readonly args: readonly string[];
  /** True when a search may match nothing in it. */
  readonly may_be_empty: boolean;
}

export interface Suite {
  readonly name: string;
  readonly about: string;
  /** True for a check of the whole house: all of them run side by side, and no search narrows them. */
  readonly house: boolean;
  /** Debian packages without which it cannot run. */
  readonly needs: readonly string[];
  /** Packages without which some of its tests skip themselves. */
  readonly likes: readonly string[];
  /** Side by side. Empty when there is nothing to run. */
  readonly runs: (grep: string | null) => readonly Run[];
  /** Prints each test as it ends, for suites where one takes long. */
  readonly slow: boolean;
}

const MINUTE_MS = 60_000;

interface NodeOptions {
  /** Several files in one process: fast, for tests without state outside themselves. */
  readonly together?: boolean;
  readonly concurrency?: number;
  /** For one file. */
  readonly timeout_ms: number;
}

const nodeRun = (patterns: readonly string[], grep: string | null, options: NodeOptions): Run[] => {
  const files = patterns.flatMap((pattern) => globSync(pattern)).sort();
  if (files.length === 0) return [];
  const args = [
    '--test',
    '--test-reporter=./tools/test/node-reporter.ts',
    `--test-timeout=${options.timeout_ms}`,
    ...(options.together === true ? ['--test-isolation=none'] : [`--test-concurrency=${options.concurrency ?? 1}`]),
    // What a file starts outside its tests is not ended by them when none of them is looked for.
    ...(grep === null ? [] : [`--test-name-pattern=${grep}`, '--test-force-exit']),
    ...files,
  ];
  return [{ by: 'node', args, may_be_empty: grep !== null }];
};

const house = (name: string, about: string, args: readonly string[]): Suite => ({
  name,
  about,
  house: true,
  needs: [],
  likes: [],
  slow: false,
  runs: (grep) => (grep === null ? [{ by: 'command', args, may_be_empty: false }] : []),
});

const folder = (name: string, about: string, options: NodeOptions, likes: readonly string[] = []): Suite => ({
  name,
  about,
  house: false,
  needs: [],
  likes,
  slow: true,
  runs: (grep) => nodeRun([`test/${name}/**/*.test.ts`], grep, options),
});

/** What leaves nothing behind in the process it runs in: to start one for each of these files would take longer than its tests. */
const TOGETHER = [
  ['src/{core,world,kinds,engines,sites,app,wire}/**/*.test.ts'],
  ['src/rim/{auth,calendar,gtfs,osm,places}/**/*.test.ts', '{sim,web}/**/*.test.ts'],
];
/** What starts servers, threads or programs of its own. */
const APART = [
  'src/rim/!(auth|calendar|gtfs|osm|places)/**/*.test.ts',
  'src/rim/*.test.ts',
  'src/main/**/*.test.ts',
  '{bench,tools}/**/*.test.ts',
];

/** In the order they run: what fails fast comes first. */
export const SUITES: readonly Suite[] = [
  house('types', 'TypeScript over every ring', ['node_modules/.bin/tsc', '-b']),
  house('lint', 'oxlint with types', ['node_modules/.bin/oxlint', '--format=unix', '.']),
  house('tidy', 'the style that executes', [process.execPath, 'tools/tidy.ts']),
  house('format', 'oxfmt over everything', ['node_modules/.bin/oxfmt', '--check', '.']),
  {
    name: 'unit',
    about: 'tests beside the code',
    house: false,
    needs: [],
    likes: [],
    slow: false,
    runs: (grep) => [
      ...TOGETHER.flatMap((files) => nodeRun(files, grep, { together: true, timeout_ms: 2 * MINUTE_MS })),
      ...nodeRun(APART, grep, { concurrency: 2, timeout_ms: 2 * MINUTE_MS }),
    ],
  },
  // Every file has servers and folders of its own, so two may run side by side; the later suites want the machine for themselves.
  folder('contracts', 'one suite per port, run by every adapter', { concurrency: 2, timeout_ms: 5 * MINUTE_MS }, [
    'postgresql',
    'nats-server',
  ]),
  folder('attack', 'kill -9, full disks, flipped bits', { timeout_ms: 20 * MINUTE_MS }),
  folder('scenarios', 'the field played through the public interface', { timeout_ms: 10 * MINUTE_MS }),
  folder('properties', 'random walks against invariants', { timeout_ms: 10 * MINUTE_MS }),
  {
    name: 'end-to-end',
    about: 'a real browser against a real server',
    house: false,
    needs: ['chromium', 'fonts-noto-cjk', 'nats-server'],
    likes: [],
    slow: true,
    runs: (grep) => {
      if (globSync('test/end-to-end/**/*.test.ts').length === 0) return [];
      const search = grep === null ? [] : ['--grep', grep, '--pass-with-no-tests'];
      const args = [
        'test',
        '--config=test/end-to-end/playwright.config.ts',
        '--tsconfig=tsconfig/test.json',
        ...search,
      ];
      return [{ by: 'playwright', args, may_be_empty: grep !== null }];
    },
  },
];
