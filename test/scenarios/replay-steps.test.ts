import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SYSTEM } from '#app/system.ts';
import { accountId, forceId } from '#core/base/ids.ts';
import type { MatterId } from '#core/base/ids.ts';
import { text } from '#core/base/text.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { Force } from '#world/forces/force.ts';
import { openTestSite } from '../harness/site.ts';

const DISPATCHER: Actor = { account: accountId('desk'), roles: ['dispatcher'], sites: '*', units: [] };
const OUTSIDER: Actor = { account: accountId('nobody'), roles: ['clerk'], sites: '*', units: [] };
const car = (id: string): Force => ({
  id: forceId(id),
  kind: 'car',
  name: text(id, id),
  call_sign: id,
  tier: 'station',
  district: null,
  home: [122.1, 30],
  home_place: null,
  skills: [],
  gear: [],
  seats: 0,
  crew: 2,
});
const step = (name: string, subject: string | null, facts: Record<string, unknown> = {}) => ({
  step: name,
  subject,
  facts,
});

test('several steps on one matter are decided one after the other and become durable together', async () => {
  const { site, store, end } = await openTestSite();
  try {
    await site.forces.register([car('car-1'), car('car-2')], SYSTEM);
    const raised = await site.commands.raise(
      { kind: 'incident', facts: { narrative: '落水' } },
      { actor: DISPATCHER, key: null },
    );
    assert.ok(raised.ok);
    const id = raised.value.matter;
    const answers = await site.commands.steps(
      id,
      [
        step('resolve', null, { ending: 'settled' }),
        step('offer', 'car-1'),
        step('offer', 'car-2'),
        step('offer', 'car-2'),
        step('accept', 'car-1'),
        step('resolve', null, { ending: 'settled', result: '好' }),
        step('clear', 'car-1'),
        step('withdraw', 'car-2'),
      ],
      DISPATCHER,
    );
    assert.deepEqual(
      answers.map((one) => (one.ok ? one.value.state : one.error.code)),
      [
        'fact-missing',
        'under_way',
        'under_way',
        'part-not-possible',
        'under_way',
        'need-not-met',
        'under_way',
        'received',
      ],
    );
    const seqs = answers.flatMap((one) => (one.ok ? [one.value.seq] : []));
    assert.deepEqual(
      seqs,
      seqs.map((_, index) => raised.value.seq + 1 + index),
    );
    assert.equal((await store.head())?.size, seqs.at(-1));
    assert.deepEqual(await site.matters.refold(id), await site.matters.whole(id));
    assert.equal(site.views.roster.get(forceId('car-1'))?.engaged.length, 0);
  } finally {
    await end();
  }
});

test('a series of refused steps leaves nothing; a matter one may not see is unknown', async () => {
  const { site, end } = await openTestSite();
  try {
    const raised = await site.commands.raise(
      { kind: 'incident', facts: { narrative: '走失' } },
      { actor: DISPATCHER, key: null },
    );
    assert.ok(raised.ok);
    const before = site.recorder.seq;
    const refusedCodes = async (id: MatterId, actor: Actor): Promise<readonly string[]> =>
      (await site.commands.steps(id, [step('close', null), step('fly', null)], actor)).map((one) =>
        one.ok ? 'done' : one.error.code,
      );
    assert.deepEqual(await refusedCodes(raised.value.matter, DISPATCHER), ['step-not-possible', 'step-unknown']);
    assert.deepEqual(await refusedCodes(raised.value.matter, OUTSIDER), ['matter-unknown', 'matter-unknown']);
    assert.deepEqual(await refusedCodes('ZZ-000000-0001' as MatterId, DISPATCHER), [
      'matter-unknown',
      'matter-unknown',
    ]);
    assert.equal(site.recorder.seq, before);
  } finally {
    await end();
  }
});
