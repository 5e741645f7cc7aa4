import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { z } from 'zod';
import {
  doneSchema,
  duplicatesSchema,
  eventSchema,
  followSchema,
  forceSchema,
  journeySchema,
  matterRowSchema,
  matterSchema,
  rankingSchema,
  sessionSchema,
  siteSchema,
} from '#wire/api.ts';
import { expectOk, expectProblem } from '../../harness/client.ts';
import type { Answer } from '../../harness/client.ts';
import { HERE, openHouse } from '../../harness/house.ts';

const house = await openHouse();
after(() => house.close());
const { dispatcher, patrol, roads, auditor } = house.as;

/** Every member the schema does not know is a mistake here: screens are written against the schema. */
const exactly = <T extends z.ZodObject>(schema: T): T => schema.strict() as unknown as T;
const ok = <T>(answer: Answer, schema: z.ZodType<T>): T => expectOk(answer, 200, schema);
const done = (answer: Answer) => ok(answer, exactly(doneSchema));
const feature = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.looseObject({ type: z.literal('Feature') })),
});

describe('the main loop, each answer exactly of its shape', () => {
  let id = '';
  let receipt = '';
  it('is asked what the site is', async () => {
    const site = ok(await house.nobody.get('/api/site'), exactly(siteSchema));
    assert.deepEqual([site.demonstration, site.accounts, site.needs_setup], [false, [], false]);
    const kinds = ok(
      await house.nobody.get('/api/kinds'),
      z.looseObject({
        kinds: z.array(z.looseObject({ id: z.string() })),
        roles: z.looseObject({}),
        errors: z.looseObject({}),
      }),
    );
    assert.ok(kinds.kinds.some((kind) => kind.id === 'incident'));
    ok(
      await house.nobody.get('/api/places'),
      z.looseObject({
        places: z.array(z.unknown()).min(36),
        islands: z.unknown(),
        piers: feature,
        admin: z.looseObject({ districts: z.array(z.unknown()) }),
      }),
    );
    for (const layer of ['land', 'roads', 'places', 'piers']) {
      const answer = await house.nobody.get(`/api/map/${layer}`);
      ok(answer, feature);
      const again = await house.nobody.ask('GET', `/api/map/${layer}`, {
        headers: { 'if-none-match': String(answer.headers['etag']) },
      });
      assert.deepEqual([again.status, again.text], [304, '']);
    }
    ok(
      await house.nobody.post('/api/places/at', { lon: HERE.lon, lat: HERE.lat }),
      z.strictObject({ words: z.object({ zh: z.string(), en: z.string() }).nullable() }),
    );
    assert.equal(ok(await dispatcher.get('/api/session'), exactly(sessionSchema)).account, 'dispatcher');
  });
  it('takes the citizen’s report', async () => {
    const reported = await house.nobody.post('/api/public/reports', {
      facts: { narrative: '礁石上有两人被困', where: { ...HERE, accuracy_m: 20 }, category: 'stranded' },
    });
    ({ receipt, number: id } = expectOk(reported, 201, z.strictObject({ receipt: z.string(), number: z.string() })));
  });
  it('D1, D4 finds it alike, ranks all forces and offers none, shows the way', async () => {
    const alike = ok(
      await dispatcher.post('/api/duplicates', { kind: 'incident', position: HERE, words: '有两人被困' }),
      exactly(duplicatesSchema),
    );
    assert.equal(alike.rows[0]?.row.id, id);
    for (const answer of [
      await house.unchanged(() => dispatcher.get(`/api/matters/${id}/candidates`)),
      await house.unchanged(() =>
        dispatcher.post('/api/candidates', { kind: 'incident', facts: { where: HERE, urgency: '1', narrative: '' } }),
      ),
    ]) {
      const ranking = ok(answer, exactly(rankingSchema));
      assert.equal(ranking.candidates.length + ranking.excluded.length, 4, 'each force has its reasons');
      for (const one of [...ranking.candidates, ...ranking.excluded]) assert.ok(one.reasons.length > 0);
    }
    const journey = ok(await dispatcher.get(`/api/matters/${id}/journeys/ptu-1`), exactly(journeySchema));
    assert.equal(journey.force, 'ptu-1');
    assert.equal(journey.reason === null, journey.legs.length > 0);
  });
  it('sends, goes, arrives, clears, resolves, feeds back, closes', async () => {
    done(await dispatcher.step(id, 'grade', { urgency: '2' }));
    assert.equal(done(await dispatcher.post(`/api/matters/${id}/engagements`, { force: 'ptu-1' })).state, 'under_way');
    done(await patrol.step(id, 'go', {}, 'ptu-1'));
    ok(
      await patrol.post('/positions', { force: 'ptu-1', ...HERE, speed_kmh: 40 }),
      z.strictObject({ accepted: z.literal(1), refused: z.array(z.unknown()).length(0) }),
    );
    const coming = ok(await house.nobody.post('/api/public/follow', { receipt }), exactly(followSchema));
    assert.deepEqual([coming.coming.count, coming.open], [1, true]);
    assert.equal(done(await patrol.step(id, 'arrive', {}, 'ptu-1')).state, 'on_scene');
    const whistled = done(await dispatcher.step(id, 'whistle', { departments: ['agency-roads'], ask: '请封闭步道' }));
    ok(await roads.get(`/api/matters/${whistled.also[0]}`), exactly(matterSchema));
    done(await dispatcher.step(id, 'say', { said: '收到' }));
    done(await patrol.step(id, 'clear', { report: '两人已救出' }, 'ptu-1'));
    assert.equal(
      done(await dispatcher.step(id, 'resolve', { ending: 'settled', result: '两人获救' })).outcome,
      'settled',
    );
    done(await dispatcher.step(id, 'feed_back', { feedback: '两人已安全' }));
    assert.equal(done(await dispatcher.step(id, 'close')).state, 'closed');
    done(await house.nobody.post('/api/public/steps/rate', { receipt, facts: { stars: 5 } }));
    const follow = ok(await house.nobody.post('/api/public/follow', { receipt }), exactly(followSchema));
    assert.deepEqual(
      [follow.open, follow.rated, follow.facts['stars'], follow.history.length > 3],
      [false, true, 5, true],
    );
  });
  it('lists and tells it afterwards', async () => {
    const page = z.strictObject({
      rows: z.array(exactly(matterRowSchema)),
      seq: z.number(),
      next: z.string().nullable(),
    });
    for (const state of ['open', 'closed', 'all']) ok(await dispatcher.get(`/api/matters?state=${state}`), page);
    assert.deepEqual(
      ok(await dispatcher.get('/api/matters?state=closed&unit=ptu-1'), page).rows.map((row) => row.id),
      [id],
    );
    const matter = ok(await dispatcher.get(`/api/matters/${id}`), exactly(matterSchema));
    assert.deepEqual([matter.open, matter.links.length, matter.erased], [false, 1, false]);
    const { events } = ok(
      await dispatcher.get(`/api/matters/${id}/events`),
      z.strictObject({ events: z.array(exactly(eventSchema)) }),
    );
    assert.deepEqual(
      events.map((event) => event.seq),
      events.map((event) => event.seq).toSorted((a, b) => a - b),
    );
    for (const event of events) assert.ok(event.words.zh !== '' && event.words.en !== '');
    ok(await dispatcher.get('/api/forces'), z.strictObject({ forces: z.array(exactly(forceSchema)).length(4) }));
  });
  it('finds by words in number, title and place, what the session may see, open or closed', async () => {
    const page = z.strictObject({ rows: z.array(exactly(matterRowSchema)), seq: z.number(), next: z.null() });
    const found = async (who: typeof dispatcher, asked: object) =>
      ok(await who.post('/api/matters/search', asked), page).rows.map((row) => row.id);
    for (const words of [id, id.slice(-4), '礁石', 'STRANDED 礁石', '  两人  ']) {
      assert.ok((await found(dispatcher, { words })).includes(id), words);
    }
    assert.deepEqual(await found(dispatcher, { words: '礁石 无此字' }), []);
    assert.deepEqual(await found(dispatcher, { words: '礁石', state: 'open' }), []);
    assert.deepEqual(await found(dispatcher, { words: '礁石', state: 'closed', unit: 'ptu-1' }), [id]);
    assert.deepEqual(await found(house.as.clerk, { words: '礁石' }), []);
  });
  it('P4 takes words to look for in the body, and refuses an address that holds them', async () => {
    const { details } = expectProblem(await dispatcher.get('/api/matters?q=13000004471'), 'request-invalid');
    assert.doesNotMatch(JSON.stringify(details), /13000004471/);
    for (const body of [{}, { words: '' }, { words: '  ' }, { words: 'x'.repeat(101) }, { words: 'x', q: 'y' }]) {
      expectProblem(await dispatcher.post('/api/matters/search', body), 'request-invalid');
    }
  });
  it('pages through a list without leaving out or repeating any', async () => {
    for (let count = 0; count < 5; count += 1) await house.incident();
    const page = z.object({ rows: z.array(matterRowSchema), next: z.string().nullable() });
    const all = ok(await dispatcher.get('/api/matters?state=all'), page).rows.map((row) => row.id);
    const paged: string[] = [];
    for (let more = ''; more !== 'end';) {
      const { rows, next }: z.infer<typeof page> = ok(
        await dispatcher.get(`/api/matters?state=all&limit=2${more}`),
        page,
      );
      paged.push(...rows.map((row) => row.id));
      more = next === null ? 'end' : `&before=${next}`;
    }
    assert.deepEqual(paged, all);
  });
  it('gives the ledger as it is, in pages, to whoever proves it', async () => {
    const stored = z.strictObject({
      events: z.array(
        z.strictObject({
          seq: z.number(),
          hash: z.string().length(64),
          text: z.string(),
          event: z.looseObject({ seq: z.number() }),
        }),
      ),
      head: z.looseObject({ size: z.number() }),
    });
    const first = ok(await auditor.get('/api/ledger?after=2&limit=3'), stored);
    assert.deepEqual(
      first.events.map((event) => event.seq),
      [3, 4, 5],
    );
    assert.equal(first.head.size, await house.seq());
    for (const one of first.events) assert.deepEqual(JSON.parse(one.text), one.event);
  });
  it('tells its health and its figures', async () => {
    ok(await house.nobody.get('/healthz'), z.strictObject({ status: z.literal('ok') }));
    ok(await house.nobody.get('/readyz'), z.strictObject({ status: z.literal('ready'), seq: z.number() }));
    const metrics = await house.nobody.get('/metrics');
    assert.match(metrics.text, new RegExp(`^qundao_ledger_events ${await house.seq()}$`, 'm'));
    assert.match(metrics.text, /^qundao_http_request_seconds_count\{route="\/api\/matters\/:id",status="2xx"\} \d+$/m);
  });
});
