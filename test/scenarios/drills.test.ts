import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { after, before, describe, test } from 'node:test';
import { matterSchema } from '#wire/api.ts';
import type { MatterView } from '#wire/api.ts';
import type { Force } from '#world/forces/force.ts';
import { bearer, expectOk } from '../harness/client.ts';
import type { Client } from '../harness/client.ts';
import { makeToken, runCli, startServer, tempDir } from '../harness/server.ts';
import type { Server } from '../harness/server.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const SIM = path.join(ROOT, 'sim/main.ts');
const FORCES = (JSON.parse(readFileSync(path.join(ROOT, 'data/zhoushan/forces.json'), 'utf8')) as { forces: Force[] })
  .forces;
const KIND_OF = new Map(FORCES.map((force) => [String(force.id), force.kind]));

const place = tempDir();
let server: Server;
let token = '';
let desk: Client;

before(async () => {
  server = await startServer({ data_dir: place.dir, args: ['--no-drills'] });
  const units = FORCES.map((force) => force.id).join(',');
  token = await makeToken(place.dir, 'drill-player', ['--roles', 'device,dispatcher,agency', '--units', units]);
  desk = bearer(server.url, token);
});

after(async () => {
  await server.stop();
  place.remove();
});

interface Played {
  readonly drill: string;
  readonly incident: MatterView;
  readonly others: readonly MatterView[];
}

const simulator = async (args: readonly string[], env: Readonly<Record<string, string>>) => {
  const child = spawn(process.execPath, [SIM, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, printed };
};

/** Plays a drill with nobody at the desk, and reads what came of it as any client does. */
const play = async (drill: string): Promise<Played> => {
  const { code, printed } = await simulator(['--once', drill], { QUNDAO_URL: server.url, QUNDAO_TOKEN: token });
  assert.equal(code, 0, printed);
  const told = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as { drill: string; matters: string[] };
  const matters = await Promise.all(told.matters.map((id) => read(id)));
  const [incident, ...others] = matters;
  assert.ok(incident !== undefined);
  return { drill: told.drill, incident, others };
};

const read = async (id: string): Promise<MatterView> =>
  expectOk(await desk.get(`/api/matters/${id}`), 200, matterSchema);

const valueOf = (matter: MatterView, fact: string): unknown => matter.facts[fact]?.stated.at(-1)?.value;
const partsIn = (matter: MatterView, state: string): readonly string[] =>
  matter.parts.filter((part) => part.state === state).map((part) => part.subject);

/** What holds of every drill: closed, marked as a drill, its caller sealed, its steps in their order. */
const assertPlayed = ({ incident, others }: Played, outcome: string, level: string): void => {
  assert.deepEqual(
    [incident.kind, incident.state, incident.outcome, incident.level],
    ['incident', 'closed', outcome, level],
  );
  for (const matter of [incident, ...others]) {
    assert.equal(matter.open, false, matter.id);
    assert.equal(valueOf(matter, 'drill'), true, matter.id);
    assert.deepEqual(
      matter.clocks.filter((clock) => clock.due_ms !== null),
      [],
      'no clock runs on a closed matter',
    );
  }
  assert.deepEqual(
    incident.facts['caller_phone']?.stated.map(({ value, sealed }) => [value, sealed]),
    [[null, true]],
  );
  const times = ['step:offer', 'step:arrive', 'state:closed'].map((first) => incident.firsts[first] ?? Number.NaN);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
  assert.ok(
    times.every((time) => time >= incident.raised_ms),
    JSON.stringify(incident.firsts),
  );
};

describe('drills, played to their end against a real server', () => {
  test('a man missing at the sea edge: three forces of different sorts search', async () => {
    const played = await play('missing-at-sea-edge');
    assertPlayed(played, 'settled', 'district');
    const kinds = partsIn(played.incident, 'released').map((force) => KIND_OF.get(force));
    assert.equal(kinds.length, 3);
    assert.ok(kinds.includes('drone') && kinds.includes('car') && kinds.includes('patrol-boat'), kinds.join());
  });

  test('hikers on a cliff of an outer island: reinforced to the city, whose helicopter comes', async () => {
    const played = await play('hikers-on-cliff');
    assertPlayed(played, 'settled', 'city');
    const released = partsIn(played.incident, 'released');
    assert.equal(released.length, 2);
    assert.equal(released.filter((force) => KIND_OF.get(force) === 'helicopter').length, 1);
    for (const force of released) {
      const seen = await desk.get(`/api/forces`);
      const { forces } = seen.json as { forces: { id: string; position: { lon: number; lat: number } | null }[] };
      const position = forces.find((one) => one.id === force)?.position;
      assert.ok(position, force);
      assert.ok(Math.hypot(position.lon - 122.708, position.lat - 30.2066) < 0.005, `${force} reported from the cliff`);
    }
  });

  for (const drill of ['market-theft', 'drunk-at-restaurant']) {
    test(`${drill}: one force of the station's own is enough`, async () => {
      const played = await play(drill);
      assertPlayed(played, 'settled', 'station');
      assert.equal(partsIn(played.incident, 'released').length, 1);
      assert.equal(played.others.length, 0);
    });
  }

  test('a wall damaged by a cart: diverted, and settled by the subdistrict', async () => {
    const played = await play('wall-and-cart');
    assertPlayed(played, 'diverted', 'station');
    const [civil, ...more] = played.others;
    assert.ok(civil !== undefined && more.length === 0);
    assert.deepEqual(
      [civil.kind, civil.state, civil.outcome, civil.level],
      ['non-police-matter', 'closed', 'settled', 'street'],
    );
    assert.equal(valueOf(civil, 'agency'), 'street-dinghai');
    assert.equal(valueOf(civil, 'satisfaction'), 'satisfied');
    assert.ok(civil.facts['progress'] !== undefined && civil.facts['result'] !== undefined);
    assert.ok(civil.links.some((link) => link.to === played.incident.id && link.relation === 'follows'));
    assert.equal(civil.facts['caller_phone']?.stated[0]?.sealed, true);
  });

  test('a pier closed by swell: station, district, city, and three departments answer the whistle', async () => {
    const played = await play('pier-closed-by-swell');
    assertPlayed(played, 'settled', 'city');
    assert.equal(partsIn(played.incident, 'released').length, 3);
    const [support, ...more] = played.others;
    assert.ok(support !== undefined && more.length === 0);
    assert.deepEqual([support.kind, support.state, support.outcome], ['support-request', 'closed', 'helped']);
    assert.deepEqual(partsIn(support, 'done').toSorted(), ['emergency-putuo', 'port-putuo', 'street-putuo']);
    const answers = support.facts['answer']?.stated.length ?? 0;
    assert.ok(answers >= 3, `${answers} answers on record`);
  });

  test('afterwards no force is left engaged', async () => {
    const { forces } = (await desk.get('/api/forces')).json as { forces: { id: string; engaged: unknown[] }[] };
    assert.deepEqual(
      forces.filter((force) => force.engaged.length > 0),
      [],
    );
    assert.equal(forces.length, FORCES.length);
  });

  test('a drill that does not exist, or a missing token, is refused in words', async () => {
    const unknown = await simulator(['--once', 'no-such-drill'], { QUNDAO_URL: server.url, QUNDAO_TOKEN: token });
    assert.equal(unknown.code, 2);
    assert.match(unknown.printed, /market-theft/);
    const nobody = await simulator([], { QUNDAO_URL: server.url, QUNDAO_TOKEN: '' });
    assert.equal(nobody.code, 2);
    assert.match(nobody.printed, /QUNDAO_TOKEN must be set/);
  });

  test('the ledger of all this verifies', async () => {
    await server.stop();
    const verified = await runCli(['verify', place.dir, '--json'], place.dir);
    assert.equal(verified.code, 0, verified.stdout);
    assert.equal((JSON.parse(verified.stdout) as { ok: boolean }).ok, true);
  });
});
