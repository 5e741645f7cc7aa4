import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { z } from 'zod';
import { doneSchema, eventSchema, matterSchema } from '#wire/api.ts';
import { expectOk, expectProblem } from '../../harness/client.ts';
import { openHouse } from '../../harness/house.ts';
import { Stream } from '../../harness/stream.ts';

const house = await openHouse();
after(() => house.close());
const { dispatcher, second } = house.as;

const eventsOf = async (id: string) =>
  expectOk(await dispatcher.get(`/api/matters/${id}/events`), 200, z.object({ events: z.array(eventSchema) })).events;

describe('D5 two dispatchers take the same force in the same instant', () => {
  it('for two matters: both go through, and both are told', async () => {
    const [mine, yours] = [await house.incident(), await house.incident()];
    const stream = new Stream(dispatcher);
    await stream.hello();
    const before = await house.seq();
    const answers = await Promise.all([
      dispatcher.step(mine, 'offer', {}, 'ptu-1'),
      second.step(yours, 'offer', {}, 'ptu-1'),
    ]);
    const [first, later] = answers.map((answer) => expectOk(answer, 200, doneSchema)).toSorted((a, b) => a.seq - b.seq);
    assert.ok(first !== undefined && later !== undefined);
    assert.deepEqual(first.warnings, []);
    assert.equal(later.warnings.length, 1);
    assert.match(later.warnings[0]?.zh ?? '', new RegExp(first.matter));
    assert.match(later.warnings[0]?.en ?? '', new RegExp(first.matter));
    assert.equal(await house.seq(), before + 3, 'two offers and one word to the other desk');

    const told = (await eventsOf(first.matter)).find((event) => event.type === 'contended');
    assert.match(told?.words.en ?? '', new RegExp(`Test force 1 .*${later.matter}`));
    assert.ok(!(await eventsOf(later.matter)).some((event) => event.type === 'contended'));
    await stream.batch((batch) =>
      batch.events.some((event) => event.type === 'contended' && event.matter === first.matter),
    );
    for (const id of [mine, yours]) {
      const { parts } = expectOk(await dispatcher.get(`/api/matters/${id}`), 200, matterSchema);
      assert.deepEqual(
        parts.map((part) => [part.subject, part.state]),
        [['ptu-1', 'offered']],
      );
    }
    await stream.close();
  });
  it('for the same matter: one goes through, the other is told why not', async () => {
    const id = await house.incident();
    const before = await house.seq();
    const answers = await Promise.all([
      dispatcher.step(id, 'offer', {}, 'ptu-2'),
      second.step(id, 'offer', {}, 'ptu-2'),
    ]);
    const [done, refused] = answers.toSorted((a, b) => a.status - b.status);
    assert.ok(done !== undefined && refused !== undefined);
    expectOk(done, 200, doneSchema);
    const { details } = expectProblem(refused, 'part-not-possible');
    assert.deepEqual(details, [{ path: 'subject', message: 'offered' }]);
    assert.equal(await house.seq(), before + 1);
  });
});
