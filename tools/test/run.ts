import { parseArgs } from 'node:util';
import { installCommand, providePackages } from './packages.ts';
import type { Played } from './play.ts';
import { play } from './play.ts';
import type { TestResult } from './result.ts';
import { count, inWords } from './result.ts';
import type { Suite } from './suites.ts';
import { SUITES } from './suites.ts';

const HELP = `npm test -- [options]
  --only=unit,contracts   only these suites: ${SUITES.map((suite) => suite.name).join(', ')};
                          \`house\` stands for the checks of the whole house
  --grep=words            only tests whose name matches
  --no-skips              a skipped test counts as a failure of the run (exit code 1)`;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    grep: { type: 'string' },
    'no-skips': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const chosen = (): readonly Suite[] => {
  if (options.only === undefined) return SUITES;
  const names = options.only.split(',');
  const unknown = names.filter((name) => name !== 'house' && !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(`There is no suite ${unknown.join(', ')}.\n${HELP}`);
    process.exit(2);
  }
  return SUITES.filter((suite) => names.includes(suite.name) || (suite.house && names.includes('house')));
};

const SIGNS = { passed: '✔', failed: '✘', skipped: '–' } as const;
const seconds = (duration_ms: number): string => `${(duration_ms / 1000).toFixed(1)} s`;

const announce = (suite: Suite) => (result: TestResult) => {
  if (!suite.slow && result.outcome === 'passed') return;
  const reason = result.outcome === 'skipped' ? `: ${result.detail}` : '';
  console.log(`  ${SIGNS[result.outcome]} ${result.name} (${seconds(result.duration_ms)})${reason}`);
};

/** A suite that cannot run here counts as one skipped test, so that nobody takes silence for success. */
const leftOut = (suite: Suite, missing: readonly string[]): Played => ({
  results: [
    {
      name: suite.about,
      file: '',
      outcome: 'skipped',
      duration_ms: 0,
      detail: `needs ${missing.join(', ')}; as root: ${installCommand(missing)}`,
    },
  ],
  outputs: new Map(),
});

const playOne = async (suite: Suite, missing: readonly string[]): Promise<Played> => {
  const started = performance.now();
  const lacking = suite.needs.filter((name) => missing.includes(name));
  const runs = suite.runs(options.grep ?? null);
  if (runs.length === 0) {
    console.log(`${suite.name}: none`);
    return { results: [], outputs: new Map() };
  }
  const lesser = suite.likes.filter((name) => missing.includes(name));
  if (lesser.length > 0)
    console.log(`${suite.name}: some tests need ${lesser.join(', ')}; as root: ${installCommand(lesser)}`);
  const played = lacking.length > 0 ? leftOut(suite, lacking) : await play(suite, runs, announce(suite));
  console.log(`${suite.name}: ${inWords(count(played.results))} (${seconds(performance.now() - started)})`);
  return played;
};

const tellFailures = (suite: Suite, played: Played): void => {
  for (const result of played.results.filter((one) => one.outcome === 'failed'))
    console.log(`\n✘ ${suite.name} › ${result.name}\n  ${result.file}\n${result.detail.replaceAll(/^/gm, '    ')}`);
  for (const [file, output] of played.outputs)
    console.log(`\n  output of ${file}:\n${output.replaceAll(/^/gm, '    ')}`);
};

const tellSkips = (suite: Suite, played: Played): void => {
  for (const result of played.results.filter((one) => one.outcome === 'skipped'))
    console.log(`– skipped: ${suite.name} › ${result.name}: ${result.detail}`);
};

const main = async (): Promise<void> => {
  const suites = chosen();
  const started = performance.now();
  const missing = providePackages(suites.flatMap((suite) => [...suite.needs, ...suite.likes]));
  // The checks of the house side by side; then one suite after the other, because they share the machine.
  const house = suites.filter((suite) => suite.house);
  const played = new Map<Suite, Played>();
  await Promise.all(house.map(async (suite) => played.set(suite, await playOne(suite, missing))));
  for (const suite of suites) if (!house.includes(suite)) played.set(suite, await playOne(suite, missing));

  console.log('');
  for (const [suite, one] of played) tellSkips(suite, one);
  for (const [suite, one] of played) tellFailures(suite, one);
  const results = [...played.values()].flatMap((one) => one.results);
  const sums = count(results);
  if (results.length === 0) console.log('No test matched.');
  console.log(`\n${suites.length} suites in ${seconds(performance.now() - started)}`);
  console.log(inWords(sums));
  const good = results.length > 0 && sums.failed === 0 && (sums.skipped === 0 || !options['no-skips']);
  process.exitCode = good ? 0 : 1;
};

if (options.help) console.log(HELP);
else await main();
