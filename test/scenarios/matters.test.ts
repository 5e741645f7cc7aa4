import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accountId } from '#core/base/ids.ts';
import type { MatterId } from '#core/base/ids.ts';
import { valueOf } from '#core/matter/conditions.ts';
import { measure } from '#core/matter/measure.ts';
import { loadKinds } from '#rim/kinds-loader.ts';
import { World, actorOf, must, refusedWith } from '../contracts/walk.ts';

/** What the field tells, played on the declared kinds. Every person and number is made up. */
const kinds = await loadKinds();
const MINUTE_S = 60;
const HOUR_S = 3600;

const dispatcher = actorOf('dispatcher', { account: accountId('desk-1') });
const commander = actorOf('commander', { account: accountId('commander-1') });
const ptu = (unit: string): ReturnType<typeof actorOf> =>
  actorOf('responder', { account: accountId(`crew-${unit}`), units: [unit] });
const agency = (unit: string): ReturnType<typeof actorOf> =>
  actorOf('agency', { account: accountId(`desk-${unit}`), units: [unit] });

/** Where a matter stands: state, outcome, level. */
const standing = (world: World, id: MatterId): readonly [string, string | null, string] => {
  const { state, outcome, level } = world.matter(id);
  return [state, outcome, level];
};
/** What the reporter reads now. */
const told = (world: World, id: MatterId): string => {
  const matter = world.matter(id);
  const kind = world.kind(matter.kind);
  return (matter.outcome === null ? kind.states[matter.state] : kind.outcomes[matter.outcome])?.tells.en ?? '';
};

describe('a theft at the fish market', () => {
  test('taken in, sent within a minute, on scene in two, caught within the half hour, told and closed', () => {
    const world = new World(kinds);
    const id = must(
      world.raise(
        'incident',
        {
          narrative: '市场有人偷电动车电瓶',
          category: 'theft',
          urgency: '2',
          where: { lon: 122.301, lat: 29.948 },
          source: 'call',
          caller_phone: '0580 000 0000',
        },
        dispatcher,
      ),
    );
    assert.deepEqual(standing(world, id), ['received', null, 'station']);

    world.wait(40);
    must(world.step(id, 'offer', dispatcher, {}, 'ptu-light-3'));
    must(world.step(id, 'go', ptu('ptu-light-3'), {}, 'ptu-light-3'));
    assert.equal(told(world, id), 'Someone has been sent');
    world.wait(2 * MINUTE_S);
    must(world.step(id, 'arrive', ptu('ptu-light-3'), {}, 'ptu-light-3'));
    assert.deepEqual(standing(world, id), ['on_scene', null, 'station']);

    must(world.step(id, 'reinforce', ptu('ptu-light-3'), { reason: '四人分头逃跑' }));
    assert.deepEqual(standing(world, id), ['on_scene', null, 'district']);
    must(world.step(id, 'offer', dispatcher, {}, 'car-7'));
    must(world.step(id, 'arrive', dispatcher, {}, 'car-7'));
    assert.equal(
      refusedWith(world.step(id, 'resolve', dispatcher, { ending: 'settled', result: '抓获四人' })),
      'need-not-met',
    );

    world.wait(25 * MINUTE_S);
    must(world.step(id, 'clear', ptu('ptu-light-3'), { report: '四人带回' }, 'ptu-light-3'));
    must(world.step(id, 'clear', ptu('car-7'), {}, 'car-7'));
    assert.equal(world.matter(id).state, 'left', 'somebody was there: it waits to be settled, not to be dispatched');
    must(world.step(id, 'resolve', dispatcher, { ending: 'settled', result: '抓获四人，追回电瓶' }));
    assert.equal(told(world, id), 'What you reported has been dealt with');
    must(world.step(id, 'feed_back', dispatcher, { feedback: '已抓获，请来所里领回' }));
    must(world.step(id, 'close', dispatcher));
    assert.deepEqual(standing(world, id), ['closed', 'settled', 'district']);
    assert.deepEqual(measure(world.kind('incident'), world.matter(id)), {
      dispatch_s: 40,
      arrive_s: 160,
      resolve_s: 1660,
      close_s: 1660,
    });
  });

  test('a force that does not answer in two minutes is given up, and the matter waits for the dispatcher again', () => {
    const world = new World(kinds);
    const id = must(world.raise('incident', { narrative: '有人打架', category: 'fight' }, dispatcher));
    must(world.step(id, 'offer', dispatcher, {}, 'ptu-light-3'));
    assert.deepEqual(world.wait(2 * MINUTE_S), ['answer/ptu-light-3']);
    assert.equal(world.matter(id).parts['engagement/ptu-light-3']?.state, 'expired');
    assert.equal(world.matter(id).state, 'received');
    must(world.step(id, 'offer', dispatcher, {}, 'ptu-light-3'));
    must(world.step(id, 'accept', ptu('ptu-light-3'), {}, 'ptu-light-3'));
    assert.deepEqual(world.wait(10 * MINUTE_S), [], 'who accepted owes no answer');
  });

  test('a second call about the same theft is merged, and both know of each other', () => {
    const world = new World(kinds);
    const first = must(world.raise('incident', { narrative: '电瓶被偷', category: 'theft' }, dispatcher));
    const second = must(world.raise('incident', { narrative: '看见有人偷电瓶' }, dispatcher));
    must(world.step(second, 'merge', dispatcher, { duplicate_of: first }));
    assert.deepEqual(standing(world, second), ['closed', 'duplicate', 'station']);
    assert.equal(told(world, second), 'Someone had reported the same; both are handled together');
    assert.deepEqual(world.matter(first).links, [{ to: second, relation: 'duplicate', outgoing: false }]);
  });

  test('a life at risk starts at district level and has one minute to be sent', () => {
    const world = new World(kinds);
    const id = must(world.raise('incident', { narrative: '有人落水', category: 'drowning', urgency: '1' }, dispatcher));
    assert.equal(world.matter(id).level, 'district');
    assert.deepEqual(world.wait(59), []);
    assert.deepEqual(world.wait(1), ['dispatch']);
  });
});

/** A cart has damaged a garden wall; the officer on the spot finds nothing for the police. */
const divertedWall = (): { world: World; incident: MatterId; matter: MatterId } => {
  const world = new World(kinds);
  const facts = {
    narrative: '三轮车撞坏院墙',
    place: '渔港路 12 号',
    caller_name: '甲先生',
    caller_phone: '0580 000 0000',
    photos: ['a'.repeat(64), 'b'.repeat(64)],
  };
  const incident = must(world.raise('incident', facts, dispatcher));
  must(world.step(incident, 'offer', dispatcher, {}, 'ptu-light-3'));
  must(world.step(incident, 'arrive', ptu('ptu-light-3'), {}, 'ptu-light-3'));
  assert.equal(refusedWith(world.step(incident, 'divert', dispatcher, { reason: '民事赔偿' })), 'need-not-met');
  must(world.step(incident, 'clear', ptu('ptu-light-3'), {}, 'ptu-light-3'));
  const [matter] = must(world.step(incident, 'divert', dispatcher, { reason: '民事赔偿，不属警务' }));
  assert.ok(matter !== undefined);
  return { world, incident, matter };
};

describe('a wall damaged by a cart', () => {
  test('diverted to the street, settled within 30 minutes, the caller asked and content', () => {
    const { world, incident, matter } = divertedWall();
    const street = agency('street-office');
    assert.deepEqual(standing(world, incident), ['closed', 'diverted', 'station']);
    assert.deepEqual(standing(world, matter), ['received', null, 'street']);
    assert.deepEqual(world.matter(matter).links, [{ to: incident, relation: 'follows', outgoing: true }]);
    assert.equal(valueOf(world.matter(matter).facts, 'caller_name'), '甲先生');
    assert.equal(world.matter(matter).facts['photos']?.stated.length, 2, 'both photos went along');

    world.wait(3 * MINUTE_S);
    must(world.step(matter, 'route', dispatcher, { agency: 'street-office', tier: 'street', topic: 'damage' }));
    must(world.step(matter, 'accept', street));
    world.wait(20 * MINUTE_S);
    must(world.step(matter, 'handle', street, { progress: '双方到场，车主愿意修复' }));
    world.wait(5 * MINUTE_S);
    must(world.step(matter, 'feed_back', street, { ending: 'settled', result: '车主赔付修墙费用，双方签字' }));
    assert.equal(told(world, matter), 'What you raised has been settled');
    must(world.step(matter, 'follow_up', dispatcher, { satisfaction: 'satisfied', call_back: '当事人满意' }));
    assert.deepEqual(standing(world, matter), ['closed', 'settled', 'street']);
    const { handle_s } = measure(world.kind('non-police-matter'), world.matter(matter));
    assert.ok(handle_s !== null && handle_s !== undefined && handle_s <= 30 * MINUTE_S);
  });

  test('an agency that it is not for sends it back with a reason; a level up it finds its owner, each level on its own clock', () => {
    const { world, matter } = divertedWall();
    const street = agency('street-office');
    const district = agency('district-works');
    must(world.step(matter, 'route', dispatcher, { agency: 'street-office', tier: 'street' }));
    must(world.step(matter, 'accept', street));
    world.wait(HOUR_S);
    assert.equal(refusedWith(world.step(matter, 'send_back', street)), 'fact-missing');
    must(world.step(matter, 'send_back', street, { reason: '院墙属文物，归区里管' }));
    assert.deepEqual(standing(world, matter), ['received', null, 'street']);
    assert.equal(world.matter(matter).clocks['handle@street']?.spent_s, HOUR_S);

    must(world.step(matter, 'route', dispatcher, { agency: 'district-works', tier: 'district', reason: '文物' }));
    assert.deepEqual(standing(world, matter), ['routed', null, 'district']);
    assert.equal(refusedWith(world.step(matter, 'accept', street)), 'forbidden', 'it is no longer theirs');
    must(world.step(matter, 'accept', district));
    assert.deepEqual(Object.keys(world.matter(matter).clocks).sort(), ['handle@district', 'handle@street']);
    assert.equal(world.matter(matter).clocks['handle@street']?.due, null);
    must(world.step(matter, 'involve', district, { joint: ['street-office', 'water-office'] }));
    must(world.step(matter, 'handle', street, { progress: '已围护现场' }));
    must(world.step(matter, 'handle', agency('water-office'), { progress: '已查管线' }));
  });

  test('not content at the call-back: it goes back to be handled, on what is left of the time, and the outcome is taken back', () => {
    const { world, matter } = divertedWall();
    const street = agency('street-office');
    must(world.step(matter, 'route', dispatcher, { agency: 'street-office', tier: 'street' }));
    must(world.step(matter, 'accept', street));
    world.wait(HOUR_S);
    must(world.step(matter, 'feed_back', street, { ending: 'explained', result: '已向当事人说明' }));
    must(world.step(matter, 'follow_up', dispatcher, { satisfaction: 'dissatisfied', call_back: '墙没有修' }));
    assert.deepEqual(standing(world, matter), ['handling', null, 'street']);
    assert.equal(told(world, matter), 'The department is working on it');
    assert.equal(world.matter(matter).clocks['handle@street']?.spent_s, HOUR_S);
    must(world.step(matter, 'feed_back', street, { ending: 'settled', result: '墙已修好' }));
    must(world.step(matter, 'follow_up', dispatcher, { satisfaction: 'fair', call_back: '可以了' }));
    assert.deepEqual(standing(world, matter), ['closed', 'settled', 'street']);
    assert.equal(refusedWith(world.step(matter, 'reopen', dispatcher, { reason: '又裂了' })), 'forbidden');
    must(world.step(matter, 'reopen', commander, { reason: '又裂了' }));
    assert.deepEqual(standing(world, matter), ['received', null, 'street']);
  });
});

describe('the station whistles, the departments report in', () => {
  /** Swell has closed the pier; a thousand visitors wait. Three departments are called. */
  const whistled = (): { world: World; incident: MatterId; request: MatterId } => {
    const world = new World(kinds);
    const incident = must(
      world.raise(
        'incident',
        { narrative: '涌浪停航，码头滞留千余游客', category: 'crowd', urgency: '2', place: '庙子湖码头' },
        dispatcher,
      ),
    );
    must(world.step(incident, 'offer', dispatcher, {}, 'ptu-light-3'));
    must(world.step(incident, 'arrive', ptu('ptu-light-3'), {}, 'ptu-light-3'));
    const departments = ['port-office', 'tourism-office', 'health-office'];
    const [request] = must(
      world.step(incident, 'whistle', ptu('ptu-light-3'), { departments, ask: '启用备用码头，安置游客' }),
    );
    assert.ok(request !== undefined);
    return { world, incident, request };
  };
  const replies = (world: World, id: MatterId): readonly string[] =>
    Object.values(world.matter(id).parts).map((part) => `${part.subject} ${part.state}`);

  test('three are asked, two answer, the late one goes up a level and still answers', () => {
    const { world, incident, request } = whistled();
    assert.deepEqual(replies(world, request), ['port-office asked', 'tourism-office asked', 'health-office asked']);
    assert.deepEqual(world.matter(request).links, [{ to: incident, relation: 'supports', outgoing: true }]);
    assert.equal(valueOf(world.matter(request).facts, 'place'), '庙子湖码头');

    world.wait(4 * MINUTE_S);
    must(world.step(request, 'answer', agency('port-office'), { answer: '备用码头可用', eta_min: 20 }, 'port-office'));
    world.wait(6 * MINUTE_S);
    must(world.step(request, 'decline', agency('tourism-office'), { reason: '人手都在朱家尖' }, 'tourism-office'));
    assert.equal(world.matter(request).state, 'waiting');
    assert.equal(
      refusedWith(world.step(request, 'answer', agency('port-office'), { answer: '代答' }, 'health-office')),
      'forbidden',
    );

    assert.deepEqual(world.wait(5 * MINUTE_S), ['reply/health-office']);
    assert.deepEqual(standing(world, request), ['waiting', null, 'district']);
    must(world.step(request, 'urge', dispatcher, { reason: '游客中有老人不适' }));
    must(world.step(request, 'answer', agency('health-office'), { answer: '救护车已出发' }, 'health-office'));
    assert.deepEqual(standing(world, request), ['answered', null, 'district']);

    assert.equal(refusedWith(world.step(request, 'close', ptu('ptu-light-3'), { ending: 'helped' })), 'need-not-met');
    must(world.step(request, 'done', agency('port-office'), { answer: '游客已全部离岛' }, 'port-office'));
    must(world.step(request, 'done', dispatcher, {}, 'health-office'));
    must(world.step(request, 'close', ptu('ptu-light-3'), { ending: 'partly' }));
    assert.deepEqual(standing(world, request), ['closed', 'partly', 'district']);
    assert.equal(measure(world.kind('support-request'), world.matter(request))['answer_s'], 4 * MINUTE_S);
  });

  test('two that are late in the same minute are both late: one’s lateness gives the other no time', () => {
    const { world, request } = whistled();
    must(world.step(request, 'answer', agency('port-office'), { answer: '来了' }, 'port-office'));
    assert.deepEqual(world.wait(15 * MINUTE_S), ['reply/tourism-office', 'reply/health-office']);
    assert.deepEqual(replies(world, request), ['port-office coming', 'tourism-office late', 'health-office late']);
    assert.deepEqual(standing(world, request), ['waiting', null, 'district'], 'one lateness, one level');
    assert.deepEqual(world.wait(15 * MINUTE_S), ['late_reply/tourism-office', 'late_reply/health-office']);
    assert.deepEqual(standing(world, request), ['waiting', null, 'city'], 'still no answer: one level more');
  });

  test('a second whistle calls only the departments it names', () => {
    const { world, incident } = whistled();
    const [second] = must(world.step(incident, 'whistle', dispatcher, { departments: 'fire-office', ask: '夜间照明' }));
    assert.ok(second !== undefined);
    assert.deepEqual(replies(world, second), ['fire-office asked']);
    assert.equal(world.matter(incident).facts['departments']?.stated.length, 4);
  });

  test('an agency that was not named sees and may do nothing', () => {
    const { world, request } = whistled();
    assert.equal(
      refusedWith(world.step(request, 'answer', agency('fire-office'), { answer: '我们来' }, 'fire-office')),
      'part-not-possible',
    );
    assert.equal(refusedWith(world.step(request, 'say', agency('fire-office'), { said: '在吗' })), 'forbidden');
  });
});

test('K21: a correction that corrects nothing is refused, and nothing is recorded', () => {
  const world = new World(kinds);
  const id = must(world.raise('incident', { narrative: '朱家尖外面有船冒烟', urgency: '1' }, dispatcher));
  const before = world.events.length;
  assert.equal(refusedWith(world.step(id, 'locate', dispatcher, {})), 'fact-missing');
  assert.equal(refusedWith(world.step(id, 'locate', dispatcher, { place: '', where: null })), 'fact-missing');
  assert.equal(world.events.length, before);
  must(world.step(id, 'locate', dispatcher, { place: '朱家尖外面' }));
  assert.equal(valueOf(world.matter(id).facts, 'place'), '朱家尖外面');
});
