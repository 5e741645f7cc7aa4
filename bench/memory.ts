import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { figure } from './lib/figures.ts';
import { residentTree } from './lib/machine.ts';
import type { Resident } from './lib/machine.ts';
import { portOf } from './lib/ready.ts';
import { tell } from './lib/report.ts';
import { scratch } from './lib/scratch.ts';

const AFTER_S = [30, 60, 120];

/** `npm start` as a user types it: npm, the server and the simulator below it. */
const main = async (): Promise<void> => {
  const child = spawn('npm', ['start'], {
    cwd: path.join(import.meta.dirname, '..'),
    env: { ...process.env, QUNDAO_DATA: path.join(scratch(), 'demonstration'), PORT: '0', QUNDAO_LOG: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  try {
    await portOf(child);
    const began = performance.now();
    const found: (Resident & { readonly after_s: number })[] = [];
    for (const after_s of AFTER_S) {
      await sleep(Math.max(0, began + after_s * 1000 - performance.now()));
      if (child.exitCode !== null) throw new Error('npm start ended');
      found.push({ after_s, ...residentTree(child.pid ?? 0) });
    }
    const last = found.at(-1)?.sum_mb ?? Number.NaN;
    tell({
      name: 'memory',
      about:
        'Resident memory of everything `npm start` runs (npm, the server, the simulator as a process of its own), the demonstration playing. The resident sets of all processes added up.',
      command: 'npm run bench -- memory',
      rows: found.map(({ after_s, once_mb, sum_mb }) => ({
        figure: `after ${after_s} s`,
        value: `${figure(sum_mb)} MB (${figure(once_mb)} MB with shared pages counted once)`,
        ...(after_s === 120 ? { aim: '< 400 MB', met: last < 400 } : {}),
      })),
    });
  } finally {
    if (child.exitCode === null) {
      process.kill(-(child.pid ?? 0), 'SIGTERM');
      await once(child, 'exit');
    }
  }
};

await main();
