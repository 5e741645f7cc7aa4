import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { z } from 'zod';
import { seeded } from '#core/base/random.ts';
import type { Fact } from '#core/matter/kind.ts';
import { publicKind } from '#core/matter/public.ts';
import { loadKinds } from '#rim/kinds-loader.ts';
import { doneSchema, eventSchema, followSchema, matterSchema, unsealedSchema } from '#wire/api.ts';
import { expectOk, expectProblem } from '../../harness/client.ts';
import { HERE, openHouse } from '../../harness/house.ts';
import { runCli } from '../../harness/server.ts';
import { Stream } from '../../harness/stream.ts';
import { goodValue } from '../walk-gen.ts';

const house = await openHouse({ QUNDAO_LOG: 'debug' });
after(() => house.close());
const { dispatcher, commander, auditor } = house.as;

/** Numbers that are nobody's: what must never be seen where it does not belong. */
const PHONE = '13000004471';
const NAME = '测试报事人甲乙';
const PURPOSE = '回访来电人核实地址';
const personal = { caller_phone: PHONE, caller_name: NAME };
const hides = (text: string): void => {
  assert.ok(!text.includes(PHONE), 'the phone shows');
  assert.ok(!text.includes(NAME), 'the name shows');
};
const unseal = (id: string, facts: readonly string[], purpose = PURPOSE, who = dispatcher) =>
  who.post(`/api/matters/${id}/unseal`, { facts, purpose });
const eventsOf = async (id: string) =>
  expectOk(await dispatcher.get(`/api/matters/${id}/events`), 200, z.object({ events: z.array(eventSchema) })).events;

describe('sealed facts', () => {
  it('P1, P4 show nowhere: matter, events, lists, stream, ledger, log, metrics, disk', async () => {
    const stream = new Stream(dispatcher);
    await stream.hello();
    const id = await house.incident(personal);
    expectOk(await dispatcher.step(id, 'offer', {}, 'ptu-1'), 200, doneSchema);
    expectOk(await house.as.patrol.step(id, 'go', {}, 'ptu-1'), 200, doneSchema);
    const matter = expectOk(await dispatcher.get(`/api/matters/${id}`), 200, matterSchema);
    assert.deepEqual(
      [matter.facts['caller_phone']?.stated[0]?.value, matter.facts['caller_phone']?.stated[0]?.sealed],
      [null, true],
    );
    await stream.batch((batch) => batch.rows.some((row) => row.id === id));
    await stream.close();
    hides(JSON.stringify(stream.messages));
    for (const at of [`/api/matters/${id}`, `/api/matters/${id}/events`, '/api/matters?state=all'])
      hides((await dispatcher.get(at)).text);
    hides((await auditor.get('/api/ledger?limit=1000')).text);
    hides((await house.nobody.get('/metrics')).text);
    hides((await dispatcher.post('/api/matters/search', { words: PHONE })).text);
    hides((await dispatcher.post('/api/duplicates', { kind: 'incident', position: HERE, words: PHONE })).text);
    hides((await dispatcher.get(`/api/matters/${PHONE}`)).text.replace(PHONE, ''));
    hides(house.server.output());
    for (const file of ['ledger.db', 'ledger.db-wal', 'keys.db'])
      hides(readFileSync(path.join(house.data_dir, file)).toString('latin1'));
  });
  it('P4 are not echoed when they are refused', async () => {
    const facts = { narrative: 'x', caller_phone: `${PHONE} call` };
    const refused = await house.unchanged(() => dispatcher.post('/api/matters', { kind: 'incident', facts }));
    expectProblem(refused, 'fact-invalid');
    hides(refused.text);
    hides(house.server.output());
  });
  it('are carried, still sealed, into the matter that follows', async () => {
    const id = await house.incident(personal);
    const { also } = expectOk(await dispatcher.step(id, 'divert', { reason: '转社区' }), 200, doneSchema);
    const follower = also[0] ?? '';
    hides((await dispatcher.get(`/api/matters/${follower}`)).text);
    assert.deepEqual(expectOk(await unseal(follower, ['caller_phone']), 200, unsealedSchema).facts, {
      caller_phone: PHONE,
    });
  });
});

describe('reading sealed facts', () => {
  it('P3 answers the values and leaves an event with who and why', async () => {
    const id = await house.incident(personal);
    const before = await house.seq();
    assert.deepEqual(expectOk(await unseal(id, ['caller_phone', 'caller_name']), 200, unsealedSchema).facts, personal);
    assert.equal(await house.seq(), before + 1);
    const told = (await eventsOf(id)).at(-1);
    assert.equal(told?.type, 'unsealed');
    assert.equal(told?.actor, 'dispatcher');
    assert.match(told?.words.zh ?? '', new RegExp(PURPOSE));
    hides(JSON.stringify(told));
  });
  it('P3 needs a purpose that says something', async () => {
    const id = await house.incident(personal);
    for (const purpose of ['', '   ', '查', 'abc', ' ab '])
      expectProblem(await house.unchanged(() => unseal(id, ['caller_phone'], purpose)), 'purpose-missing');
    expectProblem(
      await house.unchanged(() => dispatcher.post(`/api/matters/${id}/unseal`, { facts: ['caller_phone'] })),
      'purpose-missing',
    );
    expectProblem(await house.unchanged(() => house.as.admin.post(`/api/matters/${id}/erase`, {})), 'purpose-missing');
  });
  it('P3 is refused for facts that are not sealed or not there, and to whoever may not see the matter', async () => {
    const id = await house.incident(personal);
    for (const fact of ['narrative', 'colour', 'constructor'])
      expectProblem(await house.unchanged(() => unseal(id, [fact])), 'fact-unknown');
    expectProblem(await house.unchanged(() => unseal(id, [])), 'request-invalid');
    expectProblem(
      await house.unchanged(() => unseal(id, ['caller_phone'], PURPOSE, house.as.patrol)),
      'matter-unknown',
    );
    expectProblem(await house.unchanged(() => house.nobody.post(`/api/matters/${id}/unseal`, {})), 'session-missing');
  });
});

describe('erasing', () => {
  it('P2, P5 makes them unreadable for good, and the ledger still verifies', async () => {
    const id = await house.incident(personal);
    expectOk(
      await commander.post(`/api/matters/${id}/erase`, { purpose: '报事人依法申请删除' }),
      200,
      z.strictObject({ erased: z.tuple([z.literal(id)]) }),
    );
    expectProblem(await house.unchanged(() => unseal(id, ['caller_phone'])), 'sealed-erased');
    const matter = expectOk(await dispatcher.get(`/api/matters/${id}`), 200, matterSchema);
    assert.equal(matter.erased, true);
    assert.equal(matter.facts['narrative']?.stated[0]?.value, '有人落水', 'the rest can be read');
    assert.equal((await eventsOf(id)).at(-1)?.type, 'erased');
    const verified = await runCli(['verify', house.data_dir, '--json'], house.data_dir);
    assert.equal(verified.code, 0, verified.stdout + verified.stderr);
    assert.equal((JSON.parse(verified.stdout) as { readonly ok: boolean }).ok, true);
  });
  it('does not stop the work on the matter, not even where it goes on in another', async () => {
    const id = await house.incident(personal);
    await commander.post(`/api/matters/${id}/erase`, { purpose: '报事人依法申请删除' });
    const { also } = expectOk(await dispatcher.step(id, 'divert', { reason: '转社区' }), 200, doneSchema);
    const follower = expectOk(await dispatcher.get(`/api/matters/${also[0]}`), 200, matterSchema);
    assert.equal(follower.facts['caller_phone'], undefined);
  });
});

describe('what a receipt shows', () => {
  it('is the reporter’s own words and where it stands, and nothing from inside', async () => {
    const facts = { narrative: '礁石上有两个人', where: HERE, ...personal };
    const reported = await house.nobody.post('/api/public/reports', { facts });
    const { receipt, number } = expectOk(reported, 201, z.object({ receipt: z.string().min(20), number: z.string() }));
    const inside = ['内部研判一', '内部研判二', '内部研判三', '内部研判四'];
    expectOk(await dispatcher.step(number, 'grade', { urgency: '1', reason: inside[0] }), 200, doneSchema);
    expectOk(await dispatcher.step(number, 'say', { said: inside[1] }), 200, doneSchema);
    expectOk(await dispatcher.step(number, 'offer', {}, 'ptu-1'), 200, doneSchema);
    expectOk(await house.as.patrol.step(number, 'go', {}, 'ptu-1'), 200, doneSchema);
    await house.as.patrol.post('/positions', { force: 'ptu-1', ...HERE });
    const other = await house.incident({ narrative: inside[3] });
    expectOk(await dispatcher.step(number, 'link', { related: other }), 200, doneSchema);
    expectOk(
      await dispatcher.step(number, 'whistle', { departments: ['agency-roads'], ask: inside[2] }),
      200,
      doneSchema,
    );

    const answer = await house.nobody.post('/api/public/follow', { receipt });
    const follow = expectOk(answer, 200, followSchema);
    assert.equal(follow.number, number);
    assert.deepEqual(Object.keys(follow.facts).toSorted(), ['narrative', 'where']);
    assert.deepEqual([follow.coming.count, follow.coming.positions.length, follow.coming.on_scene], [1, 1, 0]);
    assert.deepEqual(follow.may, ['add']);
    hides(answer.text);
    for (const hidden of [...inside, other, 'dispatcher', 'patrol', 'ptu-1', 'agency-roads', 'Test force']) {
      assert.ok(!answer.text.includes(hidden), `${hidden} shows`);
    }
  });
  it('opens nothing else', async () => {
    const reported = await house.nobody.post('/api/public/reports', { facts: { narrative: '路灯坏了' } });
    const { receipt, number } = expectOk(reported, 201, z.object({ receipt: z.string(), number: z.string() }));
    const step =
      (name: string, facts: object = {}) =>
      () =>
        house.nobody.post(`/api/public/steps/${name}`, { receipt, facts });
    expectProblem(await house.unchanged(step('grade', { urgency: '1' })), 'forbidden');
    expectProblem(await house.unchanged(step('say', { said: '在吗' })), 'forbidden');
    expectProblem(await house.unchanged(step('rate', { stars: 5 })), 'step-not-possible');
    expectProblem(await house.unchanged(step('add', { added: '补充', urgency: '1' })), 'fact-unknown');
    expectProblem(await house.nobody.get(`/api/matters/${number}`), 'session-missing');
    expectOk(await step('add', { added: '补充：在学校门口' })(), 200, doneSchema);
    const follow = expectOk(await house.nobody.post('/api/public/follow', { receipt }), 200, followSchema);
    assert.deepEqual(follow.facts['added'], ['补充：在学校门口']);
  });
  it('K19 lets a citizen state what the declaration asks on the public page, and nothing else', async () => {
    const kind = publicKind((await loadKinds()).values());
    assert.ok(kind?.public !== undefined);
    const { asks, sets } = kind.public;
    const random = seeded(7);
    const stated = Object.fromEntries(
      asks
        .filter((name) => kind.facts[name]?.type !== 'file')
        .map((name) => [name, goodValue(random, kind.facts[name] as Fact)]),
    );
    const facts = { ...stated, narrative: '路灯坏了' };
    const reported = await house.nobody.post('/api/public/reports', { facts });
    const { number } = expectOk(reported, 201, z.object({ receipt: z.string(), number: z.string() }));
    const held = expectOk(await dispatcher.get(`/api/matters/${number}`), 200, matterSchema);
    assert.equal(held.kind, kind.id);
    assert.deepEqual(
      Object.keys(held.facts).toSorted(),
      [...Object.keys(facts), ...Object.keys(sets ?? {})].toSorted(),
    );
    const others = Object.keys(kind.raise.takes).filter((name) => !asks.includes(name));
    assert.ok(others.includes('urgency') && others.includes('drill') && others.includes('source'));
    for (const name of others) {
      const more = { [name]: goodValue(random, kind.facts[name] as Fact) };
      const report = () => house.nobody.post('/api/public/reports', { facts: { narrative: '路灯坏了', ...more } });
      const { details } = expectProblem(await house.unchanged(report), 'fact-unknown');
      assert.deepEqual(details, [{ path: name, message: `one of ${asks.join(', ')}` }]);
    }
  });
});
