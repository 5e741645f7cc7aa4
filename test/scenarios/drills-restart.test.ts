import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import WebSocket from 'ws';
import { matterSchema, streamMessageSchema } from '#wire/api.ts';
import type { Force } from '#world/forces/force.ts';
import { bearer, expectOk } from '../harness/client.ts';
import { makeToken, startServer, tempDir } from '../harness/server.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const { forces } = JSON.parse(readFileSync(path.join(ROOT, 'data/zhoushan/forces.json'), 'utf8')) as {
  forces: Force[];
};

/** Waits on the live stream until some engagement is in that state. */
const untilEngaged = (url: string, token: string, state: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/stream`, {
      headers: { authorization: `Bearer ${token}` },
    });
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      const message = streamMessageSchema.parse(JSON.parse(data.toString('utf8')));
      if (message.type !== 'batch' || !message.rows.some((row) => row.parts.some((part) => part.state === state)))
        return;
      socket.close();
      resolve();
    });
  });

test('the plug is pulled in the middle of a drill: the simulator comes back with the server and plays it to its end', async () => {
  const place = tempDir();
  let server = await startServer({ data_dir: place.dir, args: ['--no-drills'] });
  const units = forces.map((force) => force.id).join(',');
  const token = await makeToken(place.dir, 'drill-player', ['--roles', 'device,dispatcher,agency', '--units', units]);
  const onScene = untilEngaged(server.url, token, 'on_scene');
  const env = { ...process.env, QUNDAO_URL: server.url, QUNDAO_TOKEN: token, QUNDAO_SIM_SPEED: '600' };
  const simulator = spawn(process.execPath, [path.join(ROOT, 'sim/main.ts'), '--once', 'market-theft'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  simulator.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = once(simulator, 'close') as Promise<[number | null]>;
  try {
    await onScene;
    const port = new URL(server.url).port;
    await server.kill();
    server = await startServer({ data_dir: place.dir, args: ['--no-drills'], env: { PORT: port } });
    const [code] = await ended;
    assert.equal(code, 0, printed);
    const { matters } = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as { matters: string[] };
    const matter = expectOk(await bearer(server.url, token).get(`/api/matters/${matters[0]}`), 200, matterSchema);
    assert.deepEqual([matter.state, matter.outcome], ['closed', 'settled']);
    assert.match(printed, /stream: connect ECONNREFUSED|unreachable|ECONNREFUSED|socket hang up/);
  } finally {
    simulator.kill('SIGKILL');
    await server.stop();
    place.remove();
  }
});
