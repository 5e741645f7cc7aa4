import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import type { Random } from '#core/base/random.ts';
import { verifyDirectory } from '#rim/store-sqlite/verify-directory.ts';
import { doneSchema, matterRowSchema, matterSchema, stepsDoneSchema, unsealedSchema } from '#wire/api.ts';
import { bearer, expectOk } from '../harness/client.ts';
import type { Client } from '../harness/client.ts';
import { startServer, tempDir, tokenFor } from '../harness/server.ts';
import type { Server } from '../harness/server.ts';
import { at, randomMoment, randomOf } from './moments.ts';

/** With those of bare stores (kill.test.ts) they are a hundred. */
const KILLS = 20;
/** Servers are attacked at the same time, each with a directory of its own and so many kills. */
const KILLS_EACH = 10;
const CLIENTS = 4;
/** A kill comes at most so long after the clients began. */
const LOAD_MS = 400;
const PAGE = 500;

/** A report somebody sent, with the number to call back; `number` once it was acknowledged. */
interface Report {
  /** Who sent it: a key belongs to its account. */
  readonly nth: number;
  readonly key: string;
  readonly phone: string;
  number: string | null;
  /** What was said about it and acknowledged. */
  said: string | null;
}
const bodyOf = ({ key, phone }: Report) => ({
  kind: 'incident',
  facts: { narrative: `有人落水 ${key}`, caller_phone: phone },
});

/** The site under attack: what was sent to it, and the highest event acknowledged. */
class Attack {
  readonly data_dir: string;
  readonly tokens: readonly string[];
  readonly sent: Report[] = [];
  acknowledged_seq = 0;

  constructor(data_dir: string) {
    this.data_dir = data_dir;
    this.tokens = Array.from({ length: CLIENTS }, (_, nth) => tokenFor(data_dir, `desk-${nth}`, ['dispatcher']));
  }

  /** Sends one report after the other, and words about each, until the connection breaks. Answers what was sent. */
  async load(server: Server, kill: number, nth: number): Promise<readonly Report[]> {
    const client = bearer(server.url, this.tokens[nth] ?? '');
    const sent: Report[] = [];
    for (;;) {
      const count = this.sent.length;
      const report = {
        nth,
        key: `kill-${kill}-${nth}-${count}`,
        phone: `130${String(count).padStart(8, '0')}`,
        number: null,
        said: null,
      };
      this.sent.push(report);
      sent.push(report);
      if (!(await this.#send(client, report).catch(brokenOff))) return sent;
    }
  }

  async #send(client: Client, report: Report): Promise<boolean> {
    const raised = expectOk(await client.post('/api/matters', bodyOf(report), report.key), 201, doneSchema);
    this.#acknowledge(report, raised);
    const said = `请带救生圈 ${report.key}`;
    const steps = [
      { step: 'grade', facts: { urgency: '1' } },
      { step: 'say', facts: { said } },
    ];
    const answer = await client.post(`/api/matters/${raised.matter}/steps`, { steps });
    const { answers } = expectOk(answer, 200, stepsDoneSchema);
    report.said = said;
    this.acknowledged_seq = Math.max(this.acknowledged_seq, ...answers.map((one) => one.done?.seq ?? 0));
    return true;
  }

  #acknowledge(report: Report, { matter, seq }: z.infer<typeof doneSchema>): void {
    report.number = matter;
    this.acknowledged_seq = Math.max(this.acknowledged_seq, seq);
  }

  /** What was acknowledged is there, with its sealed number; what was not is sent again and then there once. */
  async lookAfter(client: Client, report: Report, where: string): Promise<void> {
    if (report.number === null) {
      const again = expectOk(await client.post('/api/matters', bodyOf(report), report.key), 201, doneSchema);
      this.#acknowledge(report, again);
      const third = expectOk(await client.post('/api/matters', bodyOf(report), report.key), 201, doneSchema);
      assert.deepEqual(third, again, where);
    }
    const matter = expectOk(await client.get(`/api/matters/${report.number}`), 200, matterSchema);
    assert.equal(matter.facts['narrative']?.stated[0]?.value, bodyOf(report).facts.narrative, where);
    if (report.said !== null) assert.equal(matter.facts['said']?.stated[0]?.value, report.said, where);
    await seesPhone(client, report, where);
  }
}

const seesPhone = async (client: Client, { number, phone }: Report, where: string): Promise<void> => {
  const asked = { facts: ['caller_phone'], purpose: '断电后核对' };
  const { facts } = expectOk(await client.post(`/api/matters/${number}/unseal`, asked), 200, unsealedSchema);
  assert.deepEqual(facts, { caller_phone: phone }, `${where}: ${number}`);
};

/** Only a connection that breaks may end a client; anything else that is thrown is a fault. */
const brokenOff = (error: unknown): false => {
  const { code } = error as { readonly code?: string };
  if (code === 'ECONNRESET' || code === 'ECONNREFUSED' || code === 'EPIPE') return false;
  throw error;
};

/** The work on all of them, each client with those it sent. */
const shared = async (
  attack: Attack,
  server: Server,
  reports: readonly Report[],
  work: (client: Client, report: Report) => Promise<void>,
): Promise<void> => {
  const lane = async (token: string, nth: number): Promise<void> => {
    const client = bearer(server.url, token);
    for (const report of reports) if (report.nth === nth) await work(client, report);
  };
  await Promise.all(attack.tokens.map(lane));
};

/** Loads the server, pulls the plug at a random moment, verifies what lies on the disk. Answers what was sent meanwhile. */
const killOnce = async (attack: Attack, server: Server, random: Random, kill: number): Promise<readonly Report[]> => {
  const clients = Array.from({ length: CLIENTS }, (_, nth) => attack.load(server, kill, nth));
  await randomMoment(random, LOAD_MS);
  await server.kill();
  const sent = (await Promise.all(clients)).flat();
  const verdict = verifyDirectory(attack.data_dir);
  const where = at(`kill ${kill}`);
  assert.ok(verdict.ok, `${where}: ${JSON.stringify(verdict)}`);
  assert.ok(verdict.events >= attack.acknowledged_seq, `${where}: ${verdict.events} of ${attack.acknowledged_seq}`);
  return sent;
};

/** The numbers of all matters there are. */
const allNumbers = async (client: Client): Promise<readonly string[]> => {
  const page = z.object({ rows: z.array(matterRowSchema), next: z.string().nullable() });
  const numbers: string[] = [];
  for (let before = ''; ;) {
    const answer = await client.get(`/api/matters?state=all&limit=${PAGE}${before}`);
    const { rows, next } = expectOk(answer, 200, page);
    numbers.push(...rows.map((row) => row.id));
    if (next === null) return numbers;
    before = `&before=${next}`;
  }
};

/** Kills a server again and again; after every start what was sent last is looked after, in the end all of it. */
const killOften = async (attack: Attack, random: Random): Promise<void> => {
  let server = await startServer({ data_dir: attack.data_dir });
  try {
    for (let kill = 0; kill < KILLS_EACH; kill += 1) {
      const sent = await killOnce(attack, server, random, kill);
      server = await startServer({ data_dir: attack.data_dir });
      await shared(attack, server, sent, (client, report) => attack.lookAfter(client, report, at(`kill ${kill}`)));
    }
    await shared(attack, server, attack.sent, (client, report) => seesPhone(client, report, at('in the end')));
    const numbers = await allNumbers(bearer(server.url, attack.tokens[0] ?? ''));
    const known = new Set(attack.sent.map((one) => one.number));
    assert.deepEqual(
      numbers.filter((number) => !known.has(number)),
      [],
      at('nothing that was not sent'),
    );
    assert.deepEqual([numbers.length, known.size], [attack.sent.length, attack.sent.length], at('each once'));
    assert.equal(await server.stop(), 0);
    assert.ok(verifyDirectory(attack.data_dir).ok);
  } finally {
    await server.kill();
  }
};

describe('kill -9 of the whole server', () => {
  it(`L5, L10, P1 ${KILLS} times under load of ${CLIENTS} clients: every answer holds, sealed numbers too`, async () => {
    const lane = async (nth: number): Promise<number> => {
      const { dir, remove } = tempDir();
      const attack = new Attack(dir);
      await killOften(attack, randomOf(1000 + nth));
      remove();
      return attack.sent.length;
    };
    const each = await Promise.all(Array.from({ length: KILLS / KILLS_EACH }, (_, nth) => lane(nth)));
    const sent = each.reduce((sum, one) => sum + one, 0);
    assert.ok(sent > KILLS, at(`only ${sent} reports: there was no load`));
  });
});
