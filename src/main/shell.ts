import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseConfig, unknownSettings } from './config.ts';
import type { Config } from './config.ts';

export const EXIT = { done: 0, refused: 1, usage: 2 } as const;

/** What was asked cannot be done; the message says why and what to do. Ends the command with exit code 1. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

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
  if (!parsed.ok) throw new Refused(parsed.error.map((one) => `${one.zh}\n${one.en}`).join('\n'));
  const given = (process.env['QUNDAO_DATA'] ?? '').trim() !== '';
  const config = parsed.value;
  return given ? config : { ...config, data_dir: path.join(config.data_dir, demonstration ? 'demonstration' : 'site') };
};

export const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** What a person should know although the command goes on; apart from the answer, which may be JSON. */
export const warn = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Says which variables look like settings and are none. */
export const warnOfSlips = (): void => {
  for (const { zh, en } of unknownSettings(process.env)) warn(`注意：${zh}\nNote: ${en}`);
};
