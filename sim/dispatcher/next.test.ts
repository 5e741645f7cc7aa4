import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MatterRow } from '#wire/api.ts';
import { pierClosedBySwell } from '../drills/pier-closed-by-swell.ts';
import { marketTheft } from '../drills/market-theft.ts';
import { wallAndCart } from '../drills/wall-and-cart.ts';
import { nextWanted } from './next.ts';

const row = (more: Partial<MatterRow> = {}): MatterRow => ({
  id: 'ZS-261121-0001',
  kind: 'incident',
  site: 'zs-city',
  level: 'station',
  state: 'received',
  open: true,
  outcome: null,
  title: { zh: '', en: '' },
  place: null,
  position: null,
  urgency: null,
  raised_ms: 0,
  changed_ms: 0,
  seq: 1,
  clocks: [],
  parts: [],
  ...more,
});
const part = (subject: string, state: string, of = 'engagement') => ({
  part: of,
  subject,
  state,
  active: true,
  since_ms: 0,
});
const said = (drill: Parameters<typeof nextWanted>[0], root: MatterRow, ...related: MatterRow[]): string => {
  const wanted = nextWanted(drill, root, related);
  if (wanted === null) return 'wait';
  return wanted.type === 'offer' ? `offer ${wanted.wave.tier}` : wanted.step;
};

describe('the drill dispatcher goes on from how things stand', () => {
  test('a theft: sends one, waits while it works, ends', () => {
    assert.equal(said(marketTheft, row()), 'offer station');
    for (const state of ['offered', 'accepted', 'on_the_way', 'on_scene']) {
      assert.equal(said(marketTheft, row({ state: 'under_way', parts: [part('car-1', state)] })), 'wait', state);
    }
    for (const state of ['declined', 'expired', 'withdrawn']) {
      assert.equal(said(marketTheft, row({ parts: [part('car-1', state)] })), 'offer station', state);
    }
    assert.equal(said(marketTheft, row({ state: 'on_scene', parts: [part('car-1', 'released')] })), 'resolve');
    assert.equal(said(marketTheft, row({ state: 'resolved' })), 'feed_back');
    assert.equal(said(marketTheft, row({ state: 'fed_back' })), 'close');
    assert.equal(said(marketTheft, row({ state: 'closed', open: false })), 'wait');
  });

  test('a pier closed: tier by tier, then the whistle, and no end before the departments are done', () => {
    const one = [part('a', 'on_scene')];
    const three = [...one, part('b', 'released'), part('c', 'released')];
    assert.equal(said(pierClosedBySwell, row({ parts: one })), 'reinforce');
    assert.equal(said(pierClosedBySwell, row({ level: 'district', parts: one })), 'offer district');
    assert.equal(said(pierClosedBySwell, row({ level: 'city', parts: one })), 'offer district');
    const full = row({ level: 'city', state: 'on_scene', parts: three });
    assert.equal(said(pierClosedBySwell, full), 'whistle');
    const waiting = row({
      id: 'ZS-261121-0002',
      kind: 'support-request',
      state: 'answered',
      parts: [part('d', 'coming', 'reply')],
    });
    const cleared = { ...full, parts: three.map((each) => ({ ...each, state: 'released' })) };
    assert.equal(said(pierClosedBySwell, cleared, waiting), 'wait');
    assert.equal(said(pierClosedBySwell, cleared, { ...waiting, parts: [part('d', 'done', 'reply')] }), 'close');
    assert.equal(said(pierClosedBySwell, cleared, { ...waiting, state: 'closed', open: false }), 'resolve');
  });

  test('nobody helped: the whistle is closed as such', () => {
    const support = row({
      id: 'ZS-261121-0002',
      kind: 'support-request',
      state: 'answered',
      parts: [part('d', 'declined', 'reply')],
    });
    const wanted = nextWanted(pierClosedBySwell, row(), [support]);
    assert.equal(wanted?.type === 'step' ? wanted.facts['ending'] : '', 'not_helped');
  });

  test('a wall: diverted once looked at, routed, followed up', () => {
    const seen = row({ state: 'on_scene', parts: [part('car-1', 'released')] });
    assert.equal(said(wallAndCart, seen), 'divert');
    const closed = { ...seen, state: 'closed', open: false };
    const civil = (state: string, open = true) => row({ id: 'ZS-261121-0002', kind: 'non-police-matter', state, open });
    assert.equal(said(wallAndCart, closed, civil('received')), 'route');
    assert.equal(said(wallAndCart, closed, civil('routed')), 'wait');
    assert.equal(said(wallAndCart, closed, civil('handling')), 'wait');
    assert.equal(said(wallAndCart, closed, civil('fed_back')), 'follow_up');
    assert.equal(said(wallAndCart, closed, civil('closed', false)), 'wait');
  });
});
