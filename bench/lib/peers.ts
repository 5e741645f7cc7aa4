import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const DIR = path.join(import.meta.dirname, '../peers');

/**
 * A package of bench/peers, which is installed on first use: other routers are large and no business of the program's.
 * @throws when npm cannot install them
 */
export const peer = <T>(name: string): T => {
  if (!existsSync(path.join(DIR, 'node_modules')))
    execFileSync('npm', ['ci', '--prefix', DIR, '--no-audit', '--no-fund'], { stdio: 'ignore' });
  return createRequire(path.join(DIR, 'package.json'))(name) as T;
};

/** A program that comes with a package of bench/peers. */
export const peerProgram = (name: string): string => path.join(DIR, 'node_modules/.bin', name);
