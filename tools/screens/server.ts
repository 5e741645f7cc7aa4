import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PROJECT_DIR = path.join(import.meta.dirname, '../..');
const START_MS = 60_000;
const STOP_MS = 10_000;

/** A demonstration site of its own: free port, fresh data directory. */
export interface DemoServer {
  readonly url: string;
  /** Stops the server and removes its data. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts `qundao start`, with the simulator's drills or without, and resolves when it can do its work;
 * rejects with the server's own words when it does not.
 */
export const startServer = async ({ drills }: { readonly drills: boolean }): Promise<DemoServer> => {
  const data = mkdtempSync(path.join(tmpdir(), 'qundao-demo-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['src/main/cli.ts', 'start', ...(drills ? [] : ['--no-drills'])], {
    cwd: PROJECT_DIR,
    env: { ...process.env, PORT: String(port), QUNDAO_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const stop = async (): Promise<void> => {
    await end(child);
    rmSync(data, { recursive: true, force: true });
  };
  try {
    await ready(url, child);
  } catch (error) {
    await stop();
    throw new Error(`the server did not become ready (${String(error)}):\n${output}`, { cause: error });
  }
  return { url, stop };
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

const ASK_EVERY_MS = 100;
const ready = async (url: string, child: ChildProcess): Promise<void> => {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`exit code ${child.exitCode}`);
    const response = await fetch(`${url}/readyz`).catch(() => null);
    if (response?.ok === true) return;
    await new Promise<void>((resolve) => {
      setTimeout(resolve, ASK_EVERY_MS);
    });
  }
  throw new Error(`not ready after ${START_MS / 1000} s`);
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(late);
};
