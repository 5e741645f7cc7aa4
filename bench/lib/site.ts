import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { accountId } from '#core/base/ids.ts';
import { text } from '#core/base/text.ts';
import { openAuth } from '#rim/auth/auth.ts';
import { secureRandom } from '#rim/digest-node/digest.ts';
import { portOf } from './ready.ts';

export const CLI = path.join(import.meta.dirname, '../../src/main/cli.ts');

/** A dispatcher's token for a site that is not running. */
export const makeToken = (data_dir: string): string => {
  const auth = openAuth(path.join(data_dir, 'accounts.db'), { now: Date.now, random: secureRandom });
  const made = auth.createToken({
    id: accountId('bench'),
    display: text('测速', 'Benchmark'),
    roles: ['dispatcher'],
    sites: '*' as const,
    units: [],
    expires_ms: null,
  });
  auth.close();
  if (!made.ok) throw new Error(made.error.code);
  return made.value.secret;
};

/** What the programs of a site are told: where it is kept, any free port, and to be quiet. */
export const siteEnv = (data_dir: string): NodeJS.ProcessEnv => ({
  ...process.env,
  QUNDAO_DATA: data_dir,
  PORT: '0',
  QUNDAO_LOG: 'error',
});

/** The server as it is started by hand. With QUNDAO_BENCH_PROFILE it leaves a profile in that folder. */
export const startServer = async (
  data_dir: string,
  more: readonly string[] = [],
): Promise<{ readonly child: ChildProcess; readonly port: number }> => {
  const profile_dir = process.env['QUNDAO_BENCH_PROFILE'] ?? '';
  const profile = profile_dir === '' ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile_dir}`];
  const child = spawn(process.execPath, [...profile, CLI, 'start', '--empty', ...more], {
    env: siteEnv(data_dir),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, port: await portOf(child) };
};
