import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { STEPS_MAX } from '#core/matter/values.ts';
import { doneSchema, matterSchema, problemSchema, stepsDoneSchema } from '#wire/api.ts';
import { expectOk, expectProblem } from '../../harness/client.ts';
import type { Answer } from '../../harness/client.ts';
import { enter, openHouse } from '../../harness/house.ts';
import type { House } from '../../harness/house.ts';
import { startServer } from '../../harness/server.ts';

let house: House = await openHouse();
after(() => house.close());

const offer = (subject: string) => ({ step: 'offer', subject, facts: {} });
const say = (said: string) => ({ step: 'say', facts: { said } });
const post = (id: string, steps: unknown, key?: string, who = house.as.dispatcher): Promise<Answer> =>
  who.post(`/api/matters/${id}/steps`, { steps }, key);
const exactly = stepsDoneSchema.strict();
/** State or code of each answer. */
const told = (answer: Answer): readonly string[] =>
  expectOk(answer, 200, exactly).answers.map(({ done, refused }) => {
    assert.equal(done === null, refused !== null, 'exactly one of both');
    return done?.state ?? problemSchema.parse(refused).code;
  });
const matterOf = async (id: string) => expectOk(await house.as.dispatcher.get(`/api/matters/${id}`), 200, matterSchema);

describe('several steps in one request', () => {
  it('sends several forces and grades, in order and durable together', async () => {
    const id = await house.incident();
    const before = await house.seq();
    const answer = await post(id, [
      { step: 'grade', facts: { urgency: '2' } },
      offer('ptu-1'),
      offer('ptu-2'),
      { step: 'accept', subject: 'ptu-1' },
    ]);
    assert.deepEqual(told(answer), ['received', 'under_way', 'under_way', 'under_way']);
    const { answers } = expectOk(answer, 200, exactly);
    assert.deepEqual(
      answers.map((one) => one.done?.seq),
      [1, 2, 3, 4].map((nth) => before + nth),
    );
    const matter = await matterOf(id);
    assert.equal(matter.urgency, '2');
    assert.deepEqual(
      matter.parts.map((part) => [part.subject, part.state]),
      [
        ['ptu-1', 'accepted'],
        ['ptu-2', 'offered'],
      ],
    );
  });
  it('refuses what cannot be, each with its code, and takes the others', async () => {
    const id = await house.incident();
    const answer = await post(id, [
      offer('ptu-1'),
      offer('ptu-1'),
      offer('nobody'),
      { step: 'fly' },
      { step: 'grade', facts: { urgency: '9' } },
      { step: 'reopen', facts: { reason: '再办' } },
      { step: 'resolve', facts: { ending: 'settled', result: '好' } },
      offer('ptu-2'),
    ]);
    assert.deepEqual(told(answer), [
      'under_way',
      'part-not-possible',
      'force-unknown',
      'step-unknown',
      'fact-invalid',
      'forbidden',
      'need-not-met',
      'under_way',
    ]);
    const unmet = expectOk(answer, 200, exactly).answers[6]?.refused;
    assert.equal(unmet?.words.en, 'Forces are still engaged; clear or withdraw them first');
    assert.deepEqual(
      (await matterOf(id)).parts.map((part) => part.subject),
      ['ptu-1', 'ptu-2'],
    );
  });
  it('answers as the first refused step alone would be, when none is taken', async () => {
    const id = await house.incident();
    const answer = await house.unchanged(() =>
      post(id, [{ step: 'reopen', facts: { reason: '再办' } }, { step: 'fly' }]),
    );
    expectProblem(answer, 'forbidden');
    const { answers } = stepsDoneSchema.parse(answer.json);
    assert.deepEqual(
      answers.map((one) => [one.done, one.refused?.code]),
      [
        [null, 'forbidden'],
        [null, 'step-unknown'],
      ],
    );
  });
  it(`takes ${STEPS_MAX} and no more, and not none`, async () => {
    const id = await house.incident();
    const many = Array.from({ length: STEPS_MAX }, (_, index) => say(`第 ${index} 句`));
    assert.equal(told(await post(id, many)).length, STEPS_MAX);
    for (const wrong of [[...many, say('多一句')], [], [{ facts: {} }], [{ step: '' }], { step: 'say' }, null]) {
      expectProblem(await house.unchanged(() => post(id, wrong)), 'request-invalid');
    }
  });
  it('A1 hides a matter from whoever may not see it: it looks unknown', async () => {
    const id = await house.incident();
    for (const [one, who] of [
      [id, house.as.clerk],
      ['ZS-991231-0001', house.as.dispatcher],
      ['nonsense', house.as.dispatcher],
    ] as const) {
      expectProblem(await house.unchanged(() => post(one, [say('在吗')], undefined, who)), 'matter-unknown');
    }
    expectProblem(await house.nobody.post(`/api/matters/${id}/steps`, { steps: [say('在吗')] }), 'session-missing');
  });
});

describe('L10 several steps sent again with their key', () => {
  it('are taken once, answer the same byte for byte, and do so after the plug was pulled', async () => {
    const id = await house.incident();
    const send = () => post(id, [offer('ptu-1'), say('请带救生圈'), offer('ptu-2')], 'series-once-1');
    const first = await send();
    assert.deepEqual(told(first), ['under_way', 'under_way', 'under_way']);
    assert.equal((await house.unchanged(send)).text, first.text);
    await house.server.kill();
    house = await enter(await startServer({ data_dir: house.data_dir }));
    assert.equal((await house.unchanged(send)).text, first.text);
  });
  it('are taken once when they come five times at the same time', async () => {
    const id = await house.incident();
    const before = await house.seq();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post(id, [say('一'), say('二')], 'series-at-once-1')),
    );
    assert.equal(new Set(answers.map((one) => one.text)).size, 1);
    assert.equal(await house.seq(), before + 2);
  });
  it('try again what was refused, and only that', async () => {
    const id = await house.incident();
    const send = () => post(id, [say('一'), { step: 'accept', subject: 'ptu-1' }], 'series-retry-1');
    const first = await send();
    assert.deepEqual(told(first), ['received', 'part-not-possible']);
    expectOk(await house.as.dispatcher.step(id, 'offer', {}, 'ptu-1'), 200, doneSchema);
    const before = await house.seq();
    const again = await send();
    assert.deepEqual(told(again), ['received', 'under_way']);
    assert.deepEqual(expectOk(again, 200, exactly).answers[0], expectOk(first, 200, exactly).answers[0]);
    assert.equal(await house.seq(), before + 1);
  });
  it('are refused whole when the key was used for something else', async () => {
    const [id, other] = [await house.incident(), await house.incident()];
    told(await post(id, [say('一'), say('二')], 'series-taken-1'));
    for (const [matter, steps] of [
      [id, [say('一'), say('三')]],
      [id, [say('二'), say('一')]],
      [other, [say('一'), say('二')]],
    ] as const) {
      expectProblem(await house.unchanged(() => post(matter, steps, 'series-taken-1')), 'idempotency-key-reused');
    }
    expectOk(
      await house.as.dispatcher.post(`/api/matters/${id}/steps/say`, { facts: { said: '一' } }, 'series-taken-2'),
      200,
      doneSchema,
    );
    expectProblem(await house.unchanged(() => post(id, [say('一')], 'series-taken-2')), 'idempotency-key-reused');
    const single = () =>
      house.as.dispatcher.post(`/api/matters/${id}/steps/say`, { facts: { said: '一' } }, 'series-taken-1');
    expectProblem(await house.unchanged(single), 'idempotency-key-reused');
    expectProblem(await house.unchanged(() => post(id, [say('一')], 'series-taken-1')), 'idempotency-key-reused');
    const again = await house.unchanged(() => post(id, [say('一'), say('二')], 'series-taken-1'));
    assert.deepEqual(told(again), ['received', 'received']);
  });
});
