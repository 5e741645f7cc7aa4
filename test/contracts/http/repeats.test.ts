import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { z } from 'zod';
import { doneSchema, followSchema } from '#wire/api.ts';
import { expectOk, expectProblem } from '../../harness/client.ts';
import type { Answer } from '../../harness/client.ts';
import { HERE, enter, openHouse } from '../../harness/house.ts';
import type { House } from '../../harness/house.ts';
import { startServer } from '../../harness/server.ts';

let house: House = await openHouse();
after(() => house.close());

const facts = { narrative: '码头有人落水', where: HERE, urgency: '2', caller_phone: '13000000001' };
const body = { kind: 'incident', facts };
const same = (first: Answer, second: Answer): void => {
  assert.equal(second.status, first.status);
  assert.equal(second.text, first.text);
};
const reused = async (work: () => Promise<Answer>) =>
  expectProblem(await house.unchanged(work), 'idempotency-key-reused');

describe('L10 a command sent again with its key', () => {
  it('raises one matter and answers the same, byte for byte', async () => {
    const raise = () => house.as.dispatcher.post('/api/matters', body, 'raise-once-1');
    const first = await raise();
    assert.equal(first.status, 201);
    same(first, await house.unchanged(raise));
  });
  it('takes one step and answers the same, though the matter has gone on since', async () => {
    const id = await house.incident();
    const offer = () =>
      house.as.dispatcher.post(`/api/matters/${id}/steps/offer`, { subject: 'ptu-1', facts: {} }, 'offer-once-1');
    const first = await offer();
    expectOk(first, 200, doneSchema);
    expectOk(await house.as.patrol.step(id, 'arrive', {}, 'ptu-1'), 200, doneSchema);
    same(first, await house.unchanged(offer));
    const engage = () =>
      house.as.dispatcher.post(`/api/matters/${id}/engagements`, { force: 'ptu-2' }, 'engage-once-1');
    same(await engage(), await house.unchanged(engage));
  });
  it('opens one matter that follows, and names it both times', async () => {
    const id = await house.incident();
    const divert = () =>
      house.as.dispatcher.post(
        `/api/matters/${id}/steps/divert`,
        { facts: { reason: '墙面损坏，转社区' } },
        'divert-once-1',
      );
    const first = await divert();
    assert.equal(expectOk(first, 200, doneSchema).also.length, 1);
    same(first, await house.unchanged(divert));
  });
  it('does not mind a subject where the step has none, nor blanks left out', async () => {
    const id = await house.incident();
    const grade = (more: object) =>
      house.as.dispatcher.post(`/api/matters/${id}/steps/grade`, { facts: { urgency: '2', ...more } }, 'grade-once-1');
    const first = await grade({});
    same(first, await house.unchanged(() => grade({ reason: '' })));
    const again = { subject: 'ptu-1', facts: { urgency: '2' } };
    same(
      first,
      await house.unchanged(() => house.as.dispatcher.post(`/api/matters/${id}/steps/grade`, again, 'grade-once-1')),
    );
  });
  it('gives a citizen the same receipt', async () => {
    const report = () =>
      house.nobody.post('/api/public/reports', { facts: { narrative: '有人晕倒' } }, 'report-once-1');
    const first = await report();
    const { receipt, number } = expectOk(first, 201, z.object({ receipt: z.string(), number: z.string() }));
    same(first, await house.unchanged(report));
    assert.equal(
      expectOk(await house.nobody.post('/api/public/follow', { receipt }), 200, followSchema).number,
      number,
    );
  });
  it('does it once when both come at the same time, and when five do', async () => {
    const before = await house.seq();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => house.as.dispatcher.post('/api/matters', body, 'at-the-same-time')),
    );
    for (const answer of answers) same(answers[0] as Answer, answer);
    assert.equal(await house.seq(), before + 1);
  });
  it('tries again what was refused the first time', async () => {
    const id = await house.incident();
    const close = () =>
      house.as.dispatcher.post(`/api/matters/${id}/steps/arrive`, { subject: 'ptu-1' }, 'arrive-later-1');
    expectProblem(await house.unchanged(close), 'part-not-possible');
    expectOk(await house.as.dispatcher.step(id, 'offer', {}, 'ptu-1'), 200, doneSchema);
    expectOk(await close(), 200, doneSchema);
  });
  it('gives two people with the same key each their own', async () => {
    const [one, other] = await Promise.all([
      house.as.dispatcher.post('/api/matters', body, 'shared-key-1'),
      house.as.second.post('/api/matters', body, 'shared-key-1'),
    ]);
    assert.notEqual(expectOk(one, 201, doneSchema).matter, expectOk(other, 201, doneSchema).matter);
  });
});

describe('a key used for something else', () => {
  it('is refused with another body, kind, step, subject or matter', async () => {
    const [id, other] = [await house.incident(), await house.incident()];
    expectOk(await house.as.dispatcher.post('/api/matters', body, 'taken-key-1'), 201, doneSchema);
    const offer = { subject: 'ptu-1', facts: {} };
    expectOk(await house.as.dispatcher.post(`/api/matters/${id}/steps/offer`, offer, 'taken-key-2'), 200, doneSchema);
    const raise = (what: unknown) => () => house.as.dispatcher.post('/api/matters', what, 'taken-key-1');
    await reused(raise({ ...body, facts: { ...facts, narrative: '另一件事' } }));
    await reused(raise({ ...body, facts: { ...facts, caller_phone: '13000000002' } }));
    await reused(raise({ ...body, facts: { ...facts, people: 2 } }));
    await reused(raise({ ...body, facts: { narrative: facts.narrative } }));
    await reused(raise({ kind: 'non-police-matter', facts: { narrative: facts.narrative } }));
    const step = (matter: string, name: string, asked: unknown) => () =>
      house.as.dispatcher.post(`/api/matters/${matter}/steps/${name}`, asked, 'taken-key-2');
    await reused(step(id, 'offer', { ...offer, subject: 'ptu-2' }));
    await reused(step(other, 'offer', offer));
    await reused(step(id, 'withdraw', offer));
    await reused(step(id, 'offer', { ...offer, facts: { reason: 'x' } }));
    await reused(() => house.as.dispatcher.post('/api/matters', body, 'taken-key-2'));
  });
  it('does not show a citizen the report of another', async () => {
    expectOk(
      await house.nobody.post('/api/public/reports', { facts: { narrative: '甲的报告' } }, '12345678'),
      201,
      z.unknown(),
    );
    await reused(() => house.nobody.post('/api/public/reports', { facts: { narrative: '乙的报告' } }, '12345678'));
  });
});

describe('L10 after the plug was pulled', () => {
  it('still gives the same answers, and still refuses what differs', async () => {
    const id = await house.incident();
    const commands: readonly (() => Promise<Answer>)[] = [
      () => house.as.dispatcher.post('/api/matters', body, 'survives-1'),
      () => house.as.dispatcher.post(`/api/matters/${id}/steps/offer`, { subject: 'ptu-2', facts: {} }, 'survives-2'),
      () => house.as.dispatcher.post(`/api/matters/${id}/steps/say`, { facts: { said: '请带救生圈' } }, 'survives-3'),
      () => house.nobody.post('/api/public/reports', { facts: { narrative: '有人晕倒' } }, 'survives-4'),
    ];
    const before: Answer[] = [];
    for (const command of commands) before.push(await command());
    await house.server.kill();
    house = await enter(await startServer({ data_dir: house.data_dir }));
    await house.unchanged(async () => {
      for (const [index, command] of commands.entries()) same(before[index] as Answer, await command());
    });
    await reused(() =>
      house.as.dispatcher.post('/api/matters', { ...body, facts: { narrative: '另一件事' } }, 'survives-1'),
    );
  });
});
