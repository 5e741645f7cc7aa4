import { execFileSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { text } from '#core/base/text.ts';
import { EXIT, JSON_OPTION, PROJECT_DIR, answer, print } from '../shell.ts';
import type { Answering } from '../shell.ts';

const SEED_MAX = 4_294_967_295;
const DAYS_MAX = 10_000;

const resultSchema = z.object({
  seed: z.number(),
  days: z.number(),
  events: z.number(),
  messages: z.number(),
  faults: z.number(),
  forks: z.number(),
  violations: z.array(z.object({ rule: z.string(), at_ms: z.number(), what: z.string() })),
});
type Result = z.infer<typeof resultSchema>;

/** The simulation is a program of its own: it knows the protocol between sites and nothing of this one. */
export const simulateCommand = (program: Command): void => {
  program
    .command('simulate')
    .description(
      'sites that exchange their ledgers on a virtual clock, with everything going wrong that may; the same seed, the same course',
    )
    .option('--seed <n>', 'which course', wholeTo(SEED_MAX), 1)
    .option('--days <n>', 'simulated days', wholeTo(DAYS_MAX), 30)
    .option(...JSON_OPTION)
    .action((options: Answering & { readonly seed: number; readonly days: number }) => {
      const file = path.join(PROJECT_DIR, 'sim/sites/main.ts');
      const told = execFileSync(process.execPath, [file, `--seed=${options.seed}`, `--days=${options.days}`], {
        encoding: 'utf8',
      });
      const result = resultSchema.parse(JSON.parse(told));
      if (result.violations.length === 0) return answer(options, result, linesOf(result));
      process.exitCode = EXIT.refused;
      if (options.json === true) print(JSON.stringify({ ok: false, code: 'rule-broken', ...BROKEN, ...result }));
      else for (const line of [...linesOf(result), ...brokenLines(result)]) print(line);
    });
};

const BROKEN = text('有规则被打破', 'a rule was broken');

const linesOf = ({ seed, days, events, messages, faults, forks, violations }: Result): readonly string[] => [
  `种子 seed ${seed}: ${days} 天 days, ${events} 条记录 events, ${messages} 条消息 messages, ${faults} 次故障 faults, ${forks} 次分叉 forks`,
  `${violations.length} 处违反规则 rules broken`,
];

const brokenLines = ({ violations }: Result): readonly string[] =>
  violations.map(({ rule, at_ms, what }) => `${rule}  ${new Date(at_ms).toISOString()}  ${what}`);

const wholeTo =
  (most: number) =>
  (value: string): number => {
    const number = Number(value);
    if (!/^\d{1,10}$/.test(value) || number < 1 || number > most)
      throw new InvalidArgumentError(`must be a whole number from 1 to ${most}`);
    return number;
  };
