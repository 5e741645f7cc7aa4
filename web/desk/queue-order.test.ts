import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MatterRow } from '#wire/api.ts';
import incident from '#kinds/command/incident.ts';
import { isWaiting } from '../matter/forces.ts';
import { ageing, inOrder } from './queue-order.ts';

const row = (id: string, urgency: string | null, raised_ms: number, engaged: boolean): MatterRow => ({
  id,
  kind: 'incident',
  site: 'zs-city',
  level: 'station',
  state: 'received',
  open: true,
  outcome: null,
  title: { zh: id, en: id },
  place: null,
  position: null,
  urgency,
  raised_ms,
  changed_ms: raised_ms,
  seq: 1,
  clocks: [],
  parts: engaged ? [{ part: 'engagement', subject: 'ptu-1', state: 'offered', active: true, since_ms: raised_ms }] : [],
});

test('the queue puts the most urgent first, what nobody graded next, then what waits for someone, then the oldest', () => {
  const rows = [
    row('D', null, 1, false),
    row('C', '2', 5, false),
    row('B', '2', 1, true),
    row('A', '1', 9, true),
    row('E', '2', 4, false),
  ];
  assert.deepEqual(
    inOrder(rows, () => incident).map((one) => one.id),
    ['A', 'D', 'E', 'C', 'B'],
  );
});

test('a waiting matter is tinted when its time has come and stronger at twice that', () => {
  assert.equal(ageing(row('A', '1', 0, false), incident, 59_000), 0);
  assert.equal(ageing(row('A', '1', 0, false), incident, 60_000), 1);
  assert.equal(ageing(row('A', '1', 0, false), incident, 120_000), 2);
  assert.equal(ageing(row('A', '2', 0, false), incident, 299_000), 0);
  assert.equal(ageing(row('A', '3', 0, false), incident, 900_000), 1);
});

test('a matter with someone bound by it does not wait and is not tinted', () => {
  assert.equal(isWaiting(row('A', '1', 0, true), incident), false);
  assert.equal(ageing(row('A', '1', 0, true), incident, 600_000), 0);
});

test('what was handled does not wait for a force, what was opened again does', () => {
  const left = (state: string): MatterRow => ({
    ...row('A', '1', 0, false),
    state,
    parts: [{ part: 'engagement', subject: 'ptu-1', state: 'released', active: false, since_ms: 0 }],
  });
  assert.equal(isWaiting(left('resolved'), incident), false);
  assert.equal(isWaiting(left('on_scene'), incident), false);
  assert.equal(isWaiting(left('received'), incident), true);
});
