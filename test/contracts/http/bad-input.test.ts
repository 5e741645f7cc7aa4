import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { expectProblem } from '../../harness/client.ts';
import type { Answer } from '../../harness/client.ts';
import { HERE, openHouse } from '../../harness/house.ts';
import type { ErrorCode } from '#wire/errors.ts';

const house = await openHouse();
after(() => house.close());
const matter = await house.incident();

const refused = async (code: ErrorCode, work: () => Promise<Answer>) =>
  expectProblem(await house.unchanged(work), code);
const raise =
  (facts: unknown, kind = 'incident') =>
  () =>
    house.as.dispatcher.post('/api/matters', { kind, facts });
const NARRATIVE = { narrative: '有人落水' };
const TEN_MB = 10_000_000;

describe('what is not JSON', () => {
  for (const raw of [
    '{"kind":',
    'kind=incident',
    '{"kind":"incident","facts":{}}}',
    '',
    '[1,2',
    '{"__proto__":{"a":1}}',
    'nul',
  ]) {
    it(`refuses ${JSON.stringify(raw)}`, async () => {
      await refused('json-malformed', () => house.as.dispatcher.ask('POST', '/api/matters', { raw }));
    });
  }
  it('refuses content of another type', async () => {
    await refused('media-type-unknown', () =>
      house.as.dispatcher.ask('POST', '/api/matters', { raw: '<a/>', type: 'text/xml' }),
    );
  });
  it('refuses a form where a command belongs', async () => {
    const asking = { raw: 'kind=incident', type: 'application/x-www-form-urlencoded' };
    await refused('media-type-unknown', () => house.as.dispatcher.ask('POST', '/api/matters', asking));
  });
});

describe('wrong shapes and types', () => {
  const bodies: readonly unknown[] = [
    null,
    [],
    'incident',
    7,
    {},
    { kind: 'incident' },
    { facts: {} },
    { kind: 7, facts: {} },
    { kind: 'incident', facts: [] },
    { kind: 'incident', facts: 'x' },
  ];
  for (const body of bodies) {
    it(`refuses to raise ${JSON.stringify(body)}`, async () => {
      const problem = await refused('request-invalid', () =>
        house.as.dispatcher.ask('POST', '/api/matters', { raw: JSON.stringify(body) }),
      );
      assert.ok((problem.details ?? []).length > 0);
    });
  }
  const facts: readonly (readonly [ErrorCode, string, unknown])[] = [
    ['fact-invalid', 'narrative', 7],
    ['fact-invalid', 'narrative', { zh: 'x' }],
    ['fact-invalid', 'narrative', '   '],
    ['fact-invalid', 'narrative', 'x'.repeat(4001)],
    ['fact-invalid', 'narrative', 'a\u0000b'],
    ['fact-invalid', 'urgency', 3],
    ['fact-invalid', 'urgency', '9'],
    ['fact-invalid', 'urgency', 'constructor'],
    ['fact-invalid', 'people', 1.5],
    ['fact-invalid', 'people', -1],
    ['fact-invalid', 'people', '3'],
    ['fact-invalid', 'drill', 'yes'],
    ['fact-invalid', 'caller_phone', 'call me'],
    ['fact-invalid', 'photos', 'photo.jpg'],
    ['fact-invalid', 'where', '30.02,122.2'],
    ['fact-invalid', 'where', { lon: '122', lat: '30' }],
    ['fact-unknown', 'colour', 'red'],
    ['fact-unknown', 'toString', 'red'],
    ['fact-unknown', 'stars', 5],
  ];
  for (const [code, name, value] of facts) {
    it(`refuses ${name} = ${JSON.stringify(value).slice(0, 40)} and names it`, async () => {
      const problem = await refused(code, raise({ ...NARRATIVE, [name]: value }));
      assert.match(problem.details?.[0]?.path ?? '', new RegExp(`^${name}`));
    });
  }
  it('names the fact that is missing', async () => {
    const problem = await refused('fact-missing', raise({ place: '码头' }));
    assert.equal(problem.details?.[0]?.path, 'narrative');
  });
  it('refuses a query that is none', async () => {
    await refused('request-invalid', () => house.as.dispatcher.get('/api/matters?limit=many'));
    await refused('request-invalid', () => house.as.dispatcher.get('/api/matters?state=half'));
    await refused('request-invalid', () => house.as.auditor.get('/api/ledger?after=-1'));
  });
  it('refuses an idempotency key of another form', async () => {
    for (const key of ['short', 'x'.repeat(65), 'with blank', 'colon:colon']) {
      await refused('idempotency-key-invalid', () =>
        house.as.dispatcher.post('/api/matters', { kind: 'incident', facts: NARRATIVE }, key),
      );
    }
  });
});

describe('unknown things', () => {
  it('knows no such kind', async () => {
    await refused('kind-unknown', raise({}, 'parade'));
    await refused('kind-unknown', raise({}, '__proto__'));
    await refused('kind-unknown', () => house.as.dispatcher.post('/api/candidates', { kind: 'parade', facts: {} }));
  });
  it('knows no such matter', async () => {
    for (const id of ['ZS-991231-0001', 'nonsense', '__proto__', '%00', "'; drop table events"]) {
      const at = `/api/matters/${encodeURIComponent(id)}`;
      await refused('matter-unknown', () => house.as.dispatcher.get(at));
      await refused('matter-unknown', () => house.as.dispatcher.get(`${at}/events`));
      await refused('matter-unknown', () => house.as.dispatcher.get(`${at}/candidates`));
      await refused('matter-unknown', () => house.as.dispatcher.post(`${at}/steps/say`, { facts: { said: 'x' } }));
      await refused('matter-unknown', () => house.as.dispatcher.post(`${at}/engagements`, { force: 'ptu-1' }));
      await refused('matter-unknown', () =>
        house.as.dispatcher.post(`${at}/unseal`, { facts: ['caller_phone'], purpose: '回访来电人' }),
      );
      await refused('matter-unknown', () => house.as.admin.post(`${at}/erase`, { purpose: '依申请删除' }));
    }
  });
  it('knows no such matter to link with', async () => {
    await refused('matter-unknown', () => house.as.dispatcher.step(matter, 'link', { related: 'ZS-991231-0001' }));
    await refused('matter-unknown', () =>
      house.as.dispatcher.step(matter, 'merge', { duplicate_of: 'ZS-991231-0001' }),
    );
  });
  it('knows no such step', async () => {
    await refused('step-unknown', () => house.as.dispatcher.step(matter, 'teleport'));
    await refused('step-unknown', () => house.as.dispatcher.step(matter, 'constructor'));
  });
  it('knows no such force', async () => {
    await refused('force-unknown', () => house.as.dispatcher.step(matter, 'offer', {}, 'nobody'));
    await refused('force-unknown', () =>
      house.as.dispatcher.post(`/api/matters/${matter}/engagements`, { force: 'nobody' }),
    );
    await refused('force-unknown', () => house.as.dispatcher.get(`/api/matters/${matter}/journeys/nobody`));
    await refused('force-unknown', () => house.as.admin.post('/api/forces/nobody/duty', { on_duty: true }));
    await refused('force-unknown', () =>
      house.as.dispatcher.step(matter, 'whistle', { departments: ['nobody'], ask: '灯' }),
    );
  });
  it('knows no such file', async () => {
    const file = 'a'.repeat(64);
    await refused('file-unknown', raise({ ...NARRATIVE, photos: [file] }));
    await refused('file-unknown', () => house.as.dispatcher.get(`/api/files/${file}?matter=${matter}`));
    await refused('file-unknown', () => house.as.dispatcher.get(`/api/files/..%2f..%2faccounts.db?matter=${matter}`));
    await refused('file-unknown', () => house.as.dispatcher.get(`/api/files/${file}?matter=ZS-991231-0001`));
  });
  it('knows no such account: the same words as for a wrong password', async () => {
    const [unknown, wrong] = await Promise.all([
      house.nobody.post('/api/session', { name: 'nobody-at-all', password: 'whatever-it-is' }),
      house.nobody.post('/api/session', { name: 'clerk', password: 'whatever-it-is' }),
    ]);
    assert.deepEqual(expectProblem(unknown, 'password-wrong').words, expectProblem(wrong, 'password-wrong').words);
  });
  it('knows no such map layer or address', async () => {
    await refused('route-unknown', () => house.nobody.get('/api/map/treasure'));
    await refused('route-unknown', () => house.as.dispatcher.get('/api/nothing'));
    await refused('route-unknown', () => house.nobody.ask('DELETE', '/api/kinds'));
  });
  it('knows no such receipt', async () => {
    await refused('receipt-wrong', () => house.nobody.post('/api/public/follow', { receipt: 'x'.repeat(22) }));
    await refused('receipt-wrong', () =>
      house.nobody.post('/api/public/steps/add', { receipt: 'x'.repeat(22), facts: { added: '补充' } }),
    );
  });
});

describe('places and times that cannot be', () => {
  for (const where of [
    { lon: 181, lat: 30 },
    { lon: 122, lat: 90.01 },
    { lon: -1e300, lat: 0 },
    { lon: 30, lat: 122 },
  ]) {
    it(`refuses ${JSON.stringify(where)} as the place of a matter`, async () => {
      await refused('position-invalid', raise({ ...NARRATIVE, where }));
      await refused('position-invalid', () => house.as.dispatcher.step(matter, 'locate', { where }));
    });
  }
  it('refuses a place off the earth in questions too', async () => {
    await refused('request-invalid', () => house.nobody.post('/api/places/at', { lon: 200, lat: 30 }));
    await refused('request-invalid', () =>
      house.as.dispatcher.post('/api/duplicates', { kind: 'incident', position: { lon: 200, lat: 3 } }),
    );
  });
  it('accepts the corners of the earth', async () => {
    await house.incident({ where: { lon: 180, lat: -90 } });
    await house.incident({ where: { ...HERE, accuracy_m: 15 } });
  });
});

describe('what is too big', () => {
  it('refuses ten megabytes of JSON', async () => {
    const raw = JSON.stringify({ kind: 'incident', facts: { narrative: 'x'.repeat(TEN_MB) } });
    await refused('body-too-large', () => house.as.dispatcher.ask('POST', '/api/matters', { raw }));
    await refused('body-too-large', () => house.nobody.ask('POST', '/api/public/reports', { raw }));
  });
  it('refuses ten megabytes of a photo', async () => {
    await refused('file-too-large', () => house.as.dispatcher.upload('/api/files', Buffer.alloc(TEN_MB, 1)));
    await refused('file-too-large', () => house.nobody.upload('/api/public/files', Buffer.alloc(TEN_MB, 1)));
  });
  it('goes on serving after them', async () => {
    assert.equal((await house.nobody.get('/healthz')).status, 200);
  });
});
