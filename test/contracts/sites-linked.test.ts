import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { siteId } from '#core/base/ids.ts';
import type { SiteId } from '#core/base/ids.ts';
import { ISLANDS } from '#main/islands/layout.ts';
import { runIslands } from '#main/islands/run.ts';
import type { RunningIslands, RunningSite } from '#main/islands/run.ts';
import type { Weather } from '#main/islands/strait.ts';
import { sitesSchema } from '#wire/sites.ts';
import type { SiteState, SitesView } from '#wire/sites.ts';
import { Client, bearer, expectOk, expectProblem } from '../harness/client.ts';

import { tempDir, tokenFor } from '../harness/server.ts';

const CITY = siteId('zs-city');
const DAISHAN = siteId('ds-daishan');
const SHENGSI = siteId('ss-shengsi');
const PATIENCE_MS = 40_000;

const raisedSchema = z.object({ matter: z.string() });
const eventsSchema = z.object({
  events: z.array(z.object({ actor: z.string(), facts: z.record(z.string(), z.unknown()) })),
});
const rowsSchema = z.object({ rows: z.array(z.object({ id: z.string(), state: z.string() })) });

/** A deployment with someone at each desk. */
class Archipelago {
  readonly islands: RunningIslands;
  readonly #desks = new Map<SiteId, Client>();

  constructor(islands: RunningIslands) {
    this.islands = islands;
  }

  site(id: SiteId): RunningSite {
    return this.islands.sites.find((one) => one.laid.site.id === id) as RunningSite;
  }

  /** Who takes calls there, once the site answers. */
  async desk(id: SiteId): Promise<Client> {
    const known = this.#desks.get(id);
    if (known !== undefined) return known;
    const { url, laid } = this.site(id);
    await this.until(async () => (await new Client(url).get('/healthz')).status === 200, `${id} answers`);
    const desk = bearer(url, tokenFor(laid.data_dir, 'desk', ['dispatcher', 'commander']));
    this.#desks.set(id, desk);
    return desk;
  }

  async raise(id: SiteId, narrative: string): Promise<string> {
    const answer = await (await this.desk(id)).post('/api/matters', { kind: 'incident', facts: { narrative } });
    return expectOk(answer, 201, raisedSchema).matter;
  }

  async numbers(id: SiteId): Promise<ReadonlySet<string>> {
    const answer = await (await this.desk(id)).get('/api/matters?limit=500');
    return new Set(expectOk(answer, 200, rowsSchema).rows.map((one) => one.id));
  }

  async states(id: SiteId): Promise<ReadonlyMap<string, SiteState>> {
    const answer = await (await this.desk(id)).get('/api/sites');
    return new Map(expectOk(answer, 200, sitesSchema).sites.map((one) => [one.id, one]));
  }

  async view(id: SiteId): Promise<SitesView> {
    return expectOk(await (await this.desk(id)).get('/api/sites'), 200, sitesSchema);
  }

  /** Who corrected the place of a matter, as a site has it. */
  async located(at: SiteId, matter: string): Promise<readonly string[]> {
    const answer = await (await this.desk(at)).get(`/api/matters/${matter}/events`);
    const { events } = expectOk(answer, 200, eventsSchema);
    return events.filter(({ facts }) => 'place' in facts).map(({ actor }) => actor);
  }

  weather(id: SiteId, weather: Weather): void {
    this.islands.links.find((one) => one.site === id)?.set(weather);
  }

  /** @returns how long it took */
  async until(holds: () => Promise<boolean>, what: string): Promise<number> {
    const began = performance.now();
    while (performance.now() - began < PATIENCE_MS) {
      if (await holds().catch(() => false)) return performance.now() - began;
      await delay(50);
    }
    throw new Error(`not within ${PATIENCE_MS / 1000} s: ${what}`);
  }

  link(at: SiteId, to: SiteId, link: SiteState['link']): Promise<number> {
    return this.until(async () => (await this.states(at)).get(to)?.link === link, `${at} sees ${to} ${link}`);
  }

  async arrives(matter: string, at: SiteId): Promise<number> {
    return this.until(async () => (await this.numbers(at)).has(matter), `${matter} arrives at ${at}`);
  }
}

describe('sites joined by real servers and real links', { timeout: 280_000 }, () => {
  const { dir, remove } = tempDir();
  let sea: Archipelago;

  before(async () => {
    sea = new Archipelago(await runIslands({ dir, planned: ISLANDS, port: 0, options: () => ['--empty'] }));
    for (const id of [DAISHAN, SHENGSI]) {
      await sea.link(CITY, id, 'linked');
      await sea.link(id, CITY, 'linked');
    }
  });
  after(async () => {
    await sea.islands.stop();
    remove();
  });

  test('what an island records is at the centre and on the other island', async (context) => {
    const matter = await sea.raise(DAISHAN, '码头有人落水');
    assert.match(matter, /^DS-/);
    context.diagnostic(`at the centre after ${Math.round(await sea.arrives(matter, CITY))} ms`);
    await sea.arrives(matter, SHENGSI);
    const city = (await sea.states(CITY)).get(DAISHAN);
    assert.equal(city?.lag, 0);
    assert.ok(Math.abs(city?.skew_ms ?? 0) < 1000, 'one machine, one clock');
    assert.equal((await sea.states(SHENGSI)).get(DAISHAN)?.link, 'beyond');
  });

  test('S10 a link that is cut is told on both sides; both work on, and nothing is missing when it heals', async () => {
    sea.weather(DAISHAN, { type: 'cut' });
    await sea.link(CITY, DAISHAN, 'cut');
    await sea.link(DAISHAN, CITY, 'cut');
    const there: string[] = [];
    const here: string[] = [];
    for (let count = 0; count < 20; count += 1) {
      there.push(await sea.raise(DAISHAN, `断网后的第 ${count} 起`));
      here.push(await sea.raise(CITY, `中心的第 ${count} 起`));
    }
    assert.equal(new Set([...there, ...here]).size, 40);
    assert.ok(!(await sea.numbers(CITY)).has(there[0] ?? ''));
    sea.weather(DAISHAN, { type: 'open' });
    for (const matter of there) await sea.arrives(matter, CITY);
    for (const matter of here) await sea.arrives(matter, DAISHAN);
    for (const matter of there) await sea.arrives(matter, SHENGSI);
  });

  test('S11, S12 a step on another site’s matter is asked of it, and done there as by whoever asked', async () => {
    const matter = await sea.raise(DAISHAN, '山上有烟');
    await sea.arrives(matter, CITY);
    const city = await sea.desk(CITY);
    const answer = await city.post(
      `/api/matters/${matter}/steps/locate`,
      { facts: { place: '山顶水库边' } },
      'locate-0001',
    );
    assert.equal(expectOk(answer, 200, raisedSchema).matter, matter);
    const again = await city.post(
      `/api/matters/${matter}/steps/locate`,
      { facts: { place: '山顶水库边' } },
      'locate-0001',
    );
    expectOk(again, 200, raisedSchema);
    for (const at of [DAISHAN, CITY, SHENGSI]) {
      await sea.until(async () => (await sea.located(at, matter)).length > 0, `the correction is at ${at}`);
      assert.deepEqual(await sea.located(at, matter), ['desk-at-zs-city']);
    }
    const refused = await city.step(matter, 'close', {});
    assert.notEqual(refused.status, 200);
    assert.notEqual(refused.status, 202);
  });

  test('S12 while the link is cut what was asked waits in sight, is withdrawn or judged by what the owner finds', async () => {
    const [kept, back] = [await sea.raise(SHENGSI, '留着的'), await sea.raise(SHENGSI, '撤回的')];
    await sea.arrives(back, CITY);
    sea.weather(SHENGSI, { type: 'cut' });
    await sea.link(CITY, SHENGSI, 'cut');
    const city = await sea.desk(CITY);
    for (const matter of [kept, back])
      expectProblem(await city.step(matter, 'locate', { place: '断网时说的' }), 'step-waits');
    const waiting = (await sea.view(CITY)).outbox.filter(({ state }) => state === 'waiting');
    assert.deepEqual(
      waiting.map(({ matter, owner }) => [matter, owner]),
      [
        [kept, SHENGSI],
        [back, SHENGSI],
      ],
    );
    const ask = waiting[1]?.ask ?? 0;
    expectOk(await city.post(`/api/sites/outbox/${ask}/withdraw`), 200, sitesSchema);
    expectProblem(await city.post(`/api/sites/outbox/${ask}/withdraw`), 'ask-settled');
    sea.weather(SHENGSI, { type: 'open' });
    await sea.until(
      async () => (await sea.located(CITY, kept)).length === 1,
      'the correction came back with the owner’s ledger',
    );
    const settled = async (): Promise<readonly string[]> =>
      (await sea.view(CITY)).outbox.slice(-2).map(({ state }) => state);
    await sea.until(async () => !(await settled()).includes('waiting'), 'both are settled');
    assert.deepEqual((await settled()).toSorted(), ['done', 'withdrawn']);
    assert.deepEqual(await sea.located(SHENGSI, back), []);
  });

  test('a link that falls silent without a word is found out', async () => {
    sea.weather(SHENGSI, { type: 'silent' });
    await sea.link(CITY, SHENGSI, 'cut');
    const matter = await sea.raise(SHENGSI, '静默时的一起');
    sea.weather(SHENGSI, { type: 'open' });
    await sea.arrives(matter, CITY);
  });

  test('over a satellite link of the worst sort it takes time, and arrives', async () => {
    sea.weather(SHENGSI, { type: 'slow', delay_ms: 1000, bytes_s: 4000 });
    const matters: string[] = [];
    for (let count = 0; count < 10; count += 1) matters.push(await sea.raise(SHENGSI, `慢链路上的第 ${count} 起`));
    for (const matter of matters) await sea.arrives(matter, CITY);
    assert.equal((await sea.states(CITY)).get(SHENGSI)?.link, 'linked');
    sea.weather(SHENGSI, { type: 'open' });
  });

  test('sites and servers are killed and come back, with all they answered for', async () => {
    const matters: string[] = [];
    for (const victim of [DAISHAN, CITY, DAISHAN]) {
      const { program } = sea.site(victim);
      matters.push(await sea.raise(victim, '断电前'));
      await program.kill();
      program.start();
      await sea.until(async () => (await sea.states(victim)).size === 3, `${victim} answers again`);
      matters.push(await sea.raise(victim, '断电后'));
    }
    const { server } = sea.site(CITY);
    await server?.kill();
    matters.push(await sea.raise(DAISHAN, '中心的服务器停了'));
    server?.start();
    for (const matter of matters) for (const at of [CITY, SHENGSI]) await sea.arrives(matter, at);
    for (const at of [CITY, DAISHAN, SHENGSI])
      for (const state of (await sea.states(at)).values()) assert.deepEqual([state.lag, state.forked], [0, false]);
  });
});
