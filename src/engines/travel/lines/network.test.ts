import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Instant } from '#core/base/instant.ts';
import { PEOPLE_AND_VEHICLES } from './layers.ts';
import { prepareLines } from './network.ts';
import { profilesTo } from './profiles.ts';
import type { Connection, Line } from './timetable.ts';

const BEGIN = 1_000_000_000_000 as Instant;
const moment = (s: number): Instant => (BEGIN + s * 1000) as Instant;

describe('a network of lines', () => {
  test('who sits stays aboard when getting off in between would bring nothing', () => {
    const call = (seq: number, from: string, to: string, depart_s: number, arrive_s: number): Connection => ({
      line: 'one',
      trip: 't',
      run: 't@1',
      seq,
      from,
      to,
      board: true,
      alight: true,
      confidence: 'measured',
      depart: moment(depart_s),
      arrive: moment(arrive_s),
    });
    const line: Line = {
      id: 'one',
      name: { zh: '一', en: 'one' },
      takes: 'people',
      carrier: null,
      boarding_s: 60,
      unloading_s: 60,
    };
    const network = prepareLines({
      from: BEGIN,
      hubs: ['a', 'b', 'c'],
      layers: PEOPLE_AND_VEHICLES,
      lines: [line],
      usual: [],
      transfers: [],
      connections: [call(0, 'a', 'b', 600, 900), call(1, 'b', 'c', 1500, 1800)],
      isOpen: () => true,
      openings: () => null,
    });
    const layers = PEOPLE_AND_VEHICLES.length;
    const atC = network.hubNumber('c') * layers;
    const place_s = Array.from({ length: 3 * layers }, (_, node) => (node === atC ? 30 : Infinity));
    const profiles = profilesTo(network, place_s);
    assert.equal(profiles.least_ms(network.hubNumber('a'), 0), (1890 - 540) * 1000);
    assert.equal(profiles.least_ms(network.hubNumber('c'), 0), 30_000);
    assert.equal(profiles.least_ms(network.hubNumber('a'), 1), Infinity);
    const steps = profiles.unfold(network.hubNumber('a'), 0, moment(0));
    assert.deepEqual(
      steps?.map((step) => (step.kind === 'ride' ? step.connections.length : step.kind)),
      [2, 'place'],
    );
    assert.equal(steps?.at(-1)?.arrive, moment(1890));
    assert.equal(profiles.unfold(network.hubNumber('a'), 1, moment(0)), null);
  });

  test('what names a hub, line or layer that is not given is a defect', () => {
    const input = {
      from: BEGIN,
      hubs: ['a'],
      layers: PEOPLE_AND_VEHICLES,
      lines: [],
      connections: [],
      usual: [],
      isOpen: () => true,
      openings: () => null,
    };
    const way = { from: 'a', from_layer: 0, to: 'b', to_layer: 0, duration_s: 1 };
    assert.throws(() => prepareLines({ ...input, transfers: [way] }), RangeError);
    assert.throws(() => prepareLines({ ...input, transfers: [{ ...way, to: 'a', to_layer: 2 }] }), RangeError);
  });
});
