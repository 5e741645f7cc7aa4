import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import { parseConfig, unknownSettings } from './config.ts';
import type { Config } from './config.ts';

export const EXIT = { done: 0, refused: 1, usage: 2 } as const;

/** What was asked cannot be done; the words say why and what to do. Ends the command with exit code 1. */
export class Refused extends Error {
  override readonly name = 'Refused';
  /** For programs. */
  readonly code: string;
  readonly words: Text;
  constructor(code: string, words: Text) {
    super(`${words.zh}\n${words.en}`);
    this.code = code;
    this.words = words;
  }
}

/** What went wrong on the way, as it is told by whoever noticed; in whatever language that is. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const PROJECT_DIR = path.join(import.meta.dirname, '../..');
/** Places of the demonstration city. */
export const ZHOUSHAN_DIR = path.join(PROJECT_DIR, 'data/zhoushan');
export const WEB_DIR = path.join(PROJECT_DIR, 'dist/web');

export const readVersion = (): string => {
  const { version } = JSON.parse(readFileSync(path.join(PROJECT_DIR, 'package.json'), 'utf8')) as { version: string };
  return version;
};

/**
 * Settings from the environment. The demonstration and a real site never share a directory unless told to.
 * @throws Refused with every wrong value, in both languages
 */
export const readConfig = (demonstration: boolean): Config => {
  const parsed = parseConfig(process.env);
  if (!parsed.ok) throw new Refused('settings-wrong', allOf(parsed.error));
  const given = (process.env['QUNDAO_DATA'] ?? '').trim() !== '';
  const config = parsed.value;
  return given ? config : { ...config, data_dir: path.join(config.data_dir, demonstration ? 'demonstration' : 'site') };
};

/** Several things to tell, one line each. */
export const allOf = (texts: readonly Text[]): Text =>
  text(texts.map((one) => one.zh).join('\n'), texts.map((one) => one.en).join('\n'));

export const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Option of every command. */
export interface Answering {
  readonly json?: true;
}
export const JSON_OPTION = ['--json', 'answer with one JSON object'] as const;

/** What a command that was done answers: with `--json` one object that says `"ok": true` first, otherwise lines for people. */
export const answer = (options: Answering, value: object, lines: readonly string[]): void => {
  if (options.json === true) print(JSON.stringify({ ok: true, ...value }));
  else for (const line of lines) print(line);
};

/** A refusal as programs read it. */
export const printRefusal = (code: string, words: Text, more: object = {}): void =>
  print(JSON.stringify({ ok: false, code, ...words, ...more }));

/** What a person should know although the command goes on; apart from the answer, which may be JSON. */
export const warn = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Says which variables look like settings and are none. */
export const warnOfSlips = (): void => {
  for (const { zh, en } of unknownSettings(process.env)) warn(`注意：${zh}\nNote: ${en}`);
};
