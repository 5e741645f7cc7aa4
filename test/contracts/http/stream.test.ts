import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { doneSchema } from '#wire/api.ts';
import { Client, bearer, expectOk, expectProblem, signIn } from '../../harness/client.ts';
import { HERE, enter, openHouse } from '../../harness/house.ts';
import type { House } from '../../harness/house.ts';
import { tokenFor, runCli, startServer } from '../../harness/server.ts';
import { Stream } from '../../harness/stream.ts';

let house: House = await openHouse();
after(() => house.close());

const SESSION_ENDED = 4401;
const ok = (answer: Parameters<typeof expectOk>[0]) => expectOk(answer, 200, doneSchema);
const opened = async (client: Client, from?: number | string): Promise<Stream> => {
  const stream = new Stream(client, from);
  await stream.hello();
  return stream;
};

describe('the stream', () => {
  it('says where it stands, then what changes: rows, events and forces together', async () => {
    const stream = new Stream(house.as.dispatcher);
    assert.equal(await stream.hello(), await house.seq());
    const id = await house.incident();
    const { seq } = ok(await house.as.dispatcher.step(id, 'offer', {}, 'ptu-1'));
    const batch = await stream.batch((one) => one.seq >= seq);
    const row = stream.batches.flatMap((one) => one.rows).findLast((one) => one.id === id);
    assert.deepEqual([row?.state, row?.parts[0]?.subject], ['under_way', 'ptu-1']);
    const events = stream.batches.flatMap((one) => one.events).filter((one) => one.matter === id);
    assert.deepEqual(
      events.map((one) => one.type),
      ['raised', 'stepped'],
    );
    const force = stream.batches.flatMap((one) => one.forces).findLast((one) => one.id === 'ptu-1');
    assert.equal(force?.state, 'assigned');
    assert.ok(batch.now_ms > 0);
    await stream.close();
  });
  it('tells where forces are as they report it', async () => {
    const stream = await opened(house.as.dispatcher);
    await house.as.crew.post('/positions', { force: 'ptu-2', lon: 122.25, lat: 30.03 });
    await stream.batch((one) => one.forces.some((force) => force.id === 'ptu-2' && force.position?.lon === 122.25));
    await stream.close();
  });
  it('goes on from where a screen was: nothing twice, nothing missing', async () => {
    const seen = await house.seq();
    const id = await house.incident();
    ok(await house.as.dispatcher.step(id, 'grade', { urgency: '2' }));
    const stream = await opened(house.as.dispatcher, seen);
    const batch = await stream.batch(() => true);
    assert.deepEqual(
      batch.events.map((event) => event.seq),
      [seen + 1, seen + 2],
    );
    assert.deepEqual(
      batch.rows.map((row) => row.id),
      [id],
    );
    assert.equal(batch.seq, seen + 2);
    assert.equal(batch.forces.length, 4, 'and all forces, for where they are now');
    await stream.close();
  });
  it('sends the forces even when no event was missed', async () => {
    const stream = await opened(house.as.dispatcher, await house.seq());
    const batch = await stream.batch(() => true);
    assert.deepEqual([batch.events.length, batch.forces.length], [0, 4]);
    await stream.close();
  });
  it('asks to begin anew from a position that is not its own', async () => {
    const stream = new Stream(house.as.dispatcher, (await house.seq()) + 1000);
    await stream.until((message) => (message.type === 'reset' ? true : undefined));
    await stream.close();
    const odd = await opened(house.as.dispatcher, 'yesterday');
    const id = await house.incident();
    await odd.batch((one) => one.rows.some((row) => row.id === id));
    await odd.close();
  });
});

describe('who sees what on the stream', () => {
  it('shows a responder its own matter and force, from the offer on, and nothing else', async () => {
    const stream = await opened(house.as.patrol);
    const [theirs, mine] = [await house.incident(), await house.incident()];
    ok(await house.as.dispatcher.step(theirs, 'offer', {}, 'ptu-2'));
    ok(await house.as.dispatcher.step(theirs, 'say', { said: '与你无关' }));
    const { seq } = ok(await house.as.dispatcher.step(mine, 'offer', {}, 'ptu-1'));
    await stream.batch((one) => one.events.some((event) => event.seq === seq));
    const all = JSON.stringify(stream.messages);
    assert.ok(!all.includes(theirs) && !all.includes('ptu-2'));
    const rows = stream.batches.flatMap((one) => one.rows);
    assert.ok(rows.length > 0 && rows.every((row) => row.parts.some((part) => part.subject === 'ptu-1')));
    await stream.close();
  });
  it('tells an agency that a matter is gone once it goes to another, though it only knew it from the list', async () => {
    const raised = await house.as.dispatcher.post('/api/matters', {
      kind: 'non-police-matter',
      facts: { narrative: '墙面损坏' },
    });
    const { matter } = expectOk(raised, 201, doneSchema);
    const route = (agency: string) => house.as.dispatcher.step(matter, 'route', { agency, tier: 'street' });
    ok(await route('agency-roads'));
    assert.equal((await house.as.roads.get(`/api/matters/${matter}`)).status, 200);
    const before = await house.seq();
    const [roads, water] = [await opened(house.as.roads), await opened(house.as.water)];
    ok(await house.as.dispatcher.step(matter, 'recall', { reason: '转水务' }));
    ok(await route('agency-water'));
    assert.deepEqual((await roads.batch((one) => one.gone.length > 0)).gone, [matter]);
    await water.batch((one) => one.rows.some((row) => row.id === matter));
    assert.ok(water.batches.every((one) => one.gone.length === 0));
    expectProblem(await house.as.roads.get(`/api/matters/${matter}`), 'matter-unknown');
    const back = await opened(house.as.roads, before);
    assert.deepEqual((await back.batch((one) => one.gone.length > 0)).gone, [matter], 'also after a lost link');
    await Promise.all([roads.close(), water.close(), back.close()]);
  });
  it('does not open without a session', async () => {
    for (const who of [
      house.nobody,
      new Client(house.server.url, { cookie: 'qundao_session=x' }),
      bearer(house.server.url, 'qd_x'),
    ]) {
      assert.equal(await new Stream(who).closed(), 401);
    }
  });
});

describe('the end of a stream', () => {
  it('comes when its session is signed out, before anything more is told', async () => {
    const who = await signIn(house.server.url, 'second');
    const stream = await opened(who);
    assert.equal((await who.ask('DELETE', '/api/session')).status, 204);
    await house.incident();
    assert.equal(await stream.closed(), SESSION_ENDED);
    assert.deepEqual(stream.batches, []);
  });
  it('comes when its token is taken back', async () => {
    const stream = await opened(bearer(house.server.url, tokenFor(house.data_dir, 'watcher', ['dispatcher'])));
    assert.equal((await runCli(['token', 'revoke', 'watcher'], house.data_dir)).code, 0);
    await house.incident();
    assert.equal(await stream.closed(), SESSION_ENDED);
  });
  it('comes with the server, and after it a screen begins anew', async () => {
    const seen = await house.seq();
    await house.incident({ where: HERE });
    const stream = await opened(house.as.dispatcher);
    assert.equal(await house.server.stop(), 0);
    assert.ok([1001, 1005, 1006].includes(await stream.closed()));
    house = await enter(await startServer({ data_dir: house.data_dir }));
    const old = new Stream(house.as.dispatcher, seen);
    const { seq } = await old.until((message) => (message.type === 'reset' ? message : undefined));
    assert.equal(seq, seen + 1);
    await old.close();
  });
});
