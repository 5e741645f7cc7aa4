import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { z } from 'zod';
import { doneSchema, eventSchema, followSchema, matterSchema } from '#wire/api.ts';
import type { Follow } from '#wire/api.ts';
import { expectOk, expectProblem } from '../../harness/client.ts';
import type { Answer } from '../../harness/client.ts';
import { HERE, openHouse } from '../../harness/house.ts';

const house = await openHouse();
after(() => house.close());
const { dispatcher, commander, roads } = house.as;

const done = (answer: Answer) => expectOk(answer, 200, doneSchema);
const report = async () => {
  const answer = await house.nobody.post('/api/public/reports', { facts: { narrative: '墙被车撞坏', where: HERE } });
  return expectOk(answer, 201, z.object({ receipt: z.string(), number: z.string() }));
};
const judge = (receipt: string, step: string, facts: object, key?: string): Promise<Answer> =>
  house.nobody.post(`/api/public/steps/${step}`, { receipt, facts }, key);
const follow = async (receipt: string): Promise<Follow> =>
  expectOk(await house.nobody.post('/api/public/follow', { receipt }), 200, followSchema);
const matterOf = async (id: string) => expectOk(await dispatcher.get(`/api/matters/${id}`), 200, matterSchema);

describe('a rating', () => {
  const resolved = async (number: string): Promise<void> => {
    done(await dispatcher.step(number, 'resolve', { ending: 'settled', result: '已修好' }));
  };
  it('K20 is given once; a second one is refused and the first stands', async () => {
    const { receipt, number } = await report();
    await resolved(number);
    const first = await judge(receipt, 'rate', { stars: 5, rating: '很快' }, 'rate-once-1');
    done(first);
    for (const [step, facts] of [
      ['feed_back', { feedback: '已修好' }],
      ['close', {}],
    ] as const) {
      expectProblem(await house.unchanged(() => judge(receipt, 'rate', { stars: 1 })), 'step-done');
      done(await dispatcher.step(number, step, facts));
    }
    expectProblem(await house.unchanged(() => judge(receipt, 'rate', { stars: 1 })), 'step-done');
    const again = await house.unchanged(() => judge(receipt, 'rate', { stars: 5, rating: '很快' }, 'rate-once-1'));
    assert.equal(again.text, first.text);
    const held = await follow(receipt);
    assert.deepEqual([held.rated, held.facts['stars'], held.facts['rating']], [true, 5, '很快']);
    assert.ok(!held.may.includes('rate'));
  });
  it('may be given anew when the matter was handled anew, and both stand in its history', async () => {
    const { receipt, number } = await report();
    await resolved(number);
    done(await judge(receipt, 'rate', { stars: 1 }));
    done(await commander.step(number, 'reopen', { reason: '报事人不满意' }));
    assert.equal((await follow(receipt)).rated, false);
    await resolved(number);
    assert.ok((await follow(receipt)).may.includes('rate'));
    done(await judge(receipt, 'rate', { stars: 4 }));
    const { events } = expectOk(
      await dispatcher.get(`/api/matters/${number}/events`),
      200,
      z.object({ events: z.array(eventSchema) }),
    );
    assert.deepEqual(
      events.map((event) => event.facts['stars']).filter((stars) => stars !== undefined),
      [1, 4],
    );
  });
});

describe('a reporter who is not content with a non-police matter', () => {
  /** Diverted, and routed to the agency of the roads. */
  const diverted = async () => {
    const { receipt, number } = await report();
    const [id = ''] = done(await dispatcher.step(number, 'divert', { reason: '非警务' })).also;
    return { receipt, id };
  };
  const handled = async (id: string): Promise<void> => {
    done(await roads.step(id, 'feed_back', { ending: 'settled', result: '已重砌' }));
  };
  const followUp = async (id: string, satisfaction: string): Promise<string> =>
    done(await dispatcher.step(id, 'follow_up', { satisfaction, call_back: '电话回访' })).state;
  const closed = async () => {
    const { receipt, id } = await diverted();
    done(await dispatcher.step(id, 'route', { agency: 'agency-roads', tier: 'street' }));
    done(await roads.step(id, 'accept'));
    await handled(id);
    assert.equal(await followUp(id, 'not_reached'), 'closed');
    return { receipt, id };
  };
  it('is called back, in time, also after the close; the matter can be handled again and judged again', async () => {
    const { receipt, id } = await closed();
    assert.equal(done(await judge(receipt, 'judge', { satisfaction: 'dissatisfied' })).state, 'fed_back');
    const again = await matterOf(id);
    assert.equal(again.open, true);
    const clock = again.clocks.find((one) => one.clock === 'follow_up');
    assert.ok(clock !== undefined && clock.due_ms !== null && clock.fired_ms === null);
    expectProblem(await house.unchanged(() => judge(receipt, 'judge', { satisfaction: 'satisfied' })), 'step-done');
    assert.equal(await followUp(id, 'dissatisfied'), 'handling');
    await handled(id);
    assert.ok((await follow(receipt)).may.includes('judge'));
    assert.equal(await followUp(id, 'satisfied'), 'closed');
    assert.equal(done(await judge(receipt, 'judge', { satisfaction: 'satisfied' })).state, 'closed');
    assert.deepEqual([(await follow(receipt)).rated, (await matterOf(id)).open], [true, false]);
  });
  it('leaves it closed when content', async () => {
    const { receipt, id } = await closed();
    assert.equal(done(await judge(receipt, 'judge', { satisfaction: 'fair' })).state, 'closed');
    assert.equal((await matterOf(id)).open, false);
  });
  it('has nothing to judge where it was withdrawn, and is told so', async () => {
    const { receipt, id } = await diverted();
    done(await dispatcher.step(id, 'drop', { reason: '重复登记' }));
    const { words } = expectProblem(
      await house.unchanged(() => judge(receipt, 'judge', { satisfaction: 'dissatisfied' })),
      'need-not-met',
    );
    assert.equal(words.en, 'It was withdrawn; there is no result to rate');
    assert.ok(!(await follow(receipt)).may.includes('judge'));
  });
});
