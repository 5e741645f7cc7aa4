import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { load, machine } from './machine.ts';

const DOC = path.join(import.meta.dirname, '../../docs/BENCHMARKS.md');

export interface BenchResult {
  readonly name: string;
  /** What was measured, how, and against what. */
  readonly about: string;
  readonly command: string;
  /** Figure, its value, and the aim where there is one. */
  readonly rows: readonly {
    readonly figure: string;
    readonly value: string;
    readonly aim?: string;
    readonly met?: boolean;
  }[];
}

/** Prints a result, with `--json` as one line of JSON, and, with `--write`, puts it into docs/BENCHMARKS.md between the marks of its name. */
export const tell = (result: BenchResult): void => {
  const lines = [
    `_${new Date().toISOString().slice(0, 10)}; ${machine()}; load of the machine at the end ${load().toFixed(1)}_`,
    '',
    result.about,
    '',
    `\`${result.command}\``,
    '',
    '| figure | value | aim |',
    '| --- | --- | --- |',
    ...result.rows.map(
      (row) =>
        `| ${row.figure} | ${row.value} | ${row.aim === undefined ? '' : `${row.aim} ${row.met === true ? '✔' : '✘'}`} |`,
    ),
  ];
  const json = process.argv.includes('--json');
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `\n## ${result.name}\n\n${lines.join('\n')}\n`);
  if (process.argv.includes('--write')) write(result.name, lines.join('\n'));
};

const write = (name: string, section: string): void => {
  const begin = `<!-- ${name}: written by the benchmark -->`;
  const end = `<!-- end of ${name} -->`;
  const before = existsSync(DOC) ? readFileSync(DOC, 'utf8') : '# Benchmarks\n';
  const at = before.indexOf(begin);
  const block = `${begin}\n${section}\n${end}`;
  const after = before.indexOf(end);
  const next =
    at < 0 || after < at
      ? `${before}\n## ${name}\n\n${block}\n`
      : before.slice(0, at) + block + before.slice(after + end.length);
  writeFileSync(DOC, next);
};
