import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connect, nkeyAuthenticator } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { siteId } from '#core/base/ids.ts';
import { freePort } from '#main/free-port.ts';
import { natsServer } from '#main/islands/nats.ts';
import { natsConfig } from '#rim/link-nats/config.ts';
import { newSeed, publicOf } from '#rim/link-nats/nkey.ts';
import { tempDir } from '../harness/server.ts';

const [CITY, A, B, STRANGER] = [newSeed(), newSeed(), newSeed(), newSeed()];

describe('the server between sites', () => {
  const { dir, remove } = tempDir();
  const heard: string[] = [];
  const open: NatsConnection[] = [];
  let port = 0;
  let server: ReturnType<typeof spawn>;

  const as = (seed: string): Promise<NatsConnection> =>
    connect({
      servers: `127.0.0.1:${port}`,
      authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)),
      maxReconnectAttempts: 0,
    });

  const listening = async (name: string, seed: string): Promise<NatsConnection> => {
    const connection = await as(seed);
    connection.subscribe('>', { callback: (_, one) => void heard.push(`${name} ${one.subject} ${one.string()}`) });
    await connection.flush();
    open.push(connection);
    return connection;
  };

  before(async () => {
    port = await freePort();
    const file = path.join(dir, 'nats.conf');
    const children = [
      { site: siteId('isle-a'), key: publicOf(A) },
      { site: siteId('isle-b'), key: publicOf(B) },
    ];
    writeFileSync(
      file,
      natsConfig({ site: siteId('city'), listen: `127.0.0.1:${port}`, key: publicOf(CITY), children }),
    );
    server = spawn(natsServer(), ['-c', file], { stdio: 'ignore' });
    for (let tried = 0; tried < 100; tried += 1) {
      const tryOut = await as(CITY).catch(() => null);
      if (tryOut !== null) return tryOut.close();
      await delay(50);
    }
    throw new Error('the server did not start');
  });
  after(async () => {
    for (const one of open) await one.close();
    server.kill();
    remove();
  });

  test('carries each child’s words under its own name, and to each child only what is for it', async () => {
    const city = await listening('city', CITY);
    const a = await listening('a', A);
    await listening('b', B);
    a.publish('up', 'from a');
    for (const forged of ['from.isle-b', 'to.isle-b', 'to.isle-a']) a.publish(forged, `forged ${forged}`);
    city.publish('to.isle-b', 'for b');
    await Promise.all(open.map((one) => one.flush()));
    await delay(200);
    const others = heard.filter((one) => !one.startsWith('a '));
    assert.deepEqual(others.filter((one) => !one.startsWith('city to.')).toSorted(), [
      'b down for b',
      'city from.isle-a from a',
    ]);
    assert.ok(!heard.some((one) => one.startsWith('a ') && one.includes('for b')));
  });

  test('lets nobody in who has no key of the deployment', async () => {
    await assert.rejects(as(STRANGER));
    await assert.rejects(connect({ servers: `127.0.0.1:${port}`, maxReconnectAttempts: 0 }));
  });
});
