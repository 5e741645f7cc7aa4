import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { ok } from '#core/base/result.ts';
import type { ForceView } from '#wire/api.ts';
import { Agenda } from './agenda.ts';
import { Conduct } from './conduct.ts';
import type { Answer, Asks } from './link/client.ts';
import { Picture } from './link/picture.ts';
import { Fleet } from './movement/fleet.ts';

const ID = 'ZS-261121-0001';
const OTHER = 'ZS-261121-0002';
const HOME = { lon: 122, lat: 30 };
const SCENE: readonly [number, number] = [122.01, 30];
/** A minute's way of one leg, passed six times faster. */
const LEGS = [{ mode: 'car', duration_s: 60, distance_m: 965, line: [[HOME.lon, HOME.lat], SCENE], via: [], refs: [] }];
const NO_WAY = { zh: '没有路', en: 'No road leads there' };

/** A server that remembers commands and positions, and moves engagements as it is told to. */
class Told implements Asks {
  readonly steps: string[] = [];
  readonly positions: { force: string; lon: number; lat: number }[] = [];
  reachable = true;

  readonly get = <T>(path: string): Promise<Answer<T>> => {
    if (path === '/api/session') return answer({ account: 'simulator' });
    if (path === '/api/forces') return answer({ forces: [force()] });
    if (path.includes('/journeys/'))
      return answer(this.reachable ? { reason: null, legs: LEGS } : { reason: NO_WAY, legs: [] });
    return answer({ rows: [] });
  };

  readonly post = <T>(path: string, body: unknown): Promise<Answer<T>> => {
    if (path === '/positions') {
      this.positions.push(...(body as Told['positions']));
      return answer({ accepted: 1, refused: [] });
    }
    const [, matter = '', , step = ''] = path.split('/').slice(2);
    this.steps.push(`${matter === ID ? '' : `${matter} `}${step}`);
    return answer({});
  };
}
const answer = <T>(value: unknown): Promise<Answer<T>> => Promise.resolve(ok(value as T));

const force = (...engaged: (readonly [matter: string, state: string])[]): ForceView => ({
  id: 'car-1',
  kind: 'car',
  name: NO_WAY,
  call_sign: '',
  tier: 'station',
  district: null,
  skills: [],
  gear: [],
  seats: 0,
  crew: 2,
  state: 'available',
  on_duty: true,
  unavailable: null,
  home: HOME,
  engaged: engaged.map(([matter, state]) => ({ matter, state, since_ms: 0 })),
  position: null,
});

const pass = async (seconds: number): Promise<void> => {
  mock.timers.tick(seconds * 1000);
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
};

const begin = async (more: { decline_chance?: number; person?: boolean } = {}) => {
  const told = new Told();
  const picture = new Picture(told);
  const fleet = new Fleet({ client: told, picture, seed: 1, speed: 6 });
  const manner = { speed: 6, patience: 1, decline_chance: more.decline_chance ?? 0 };
  const except = new Map<string, string>(more.person === true ? [['car-1', 'patrol']] : []);
  const setup = { client: told, picture, fleet, agenda: new Agenda(), manner, except, random: () => 0.5 };
  const conduct = new Conduct({ ...setup, drillOf: () => null, plays: () => true });
  await picture.load();
  conduct.consider('car-1');
  const says = async (...engaged: (readonly [string, string])[]): Promise<void> => {
    picture.take({ type: 'batch', seq: 1, now_ms: 0, rows: [], events: [], forces: [force(...engaged)], gone: [] });
    await pass(0);
  };
  /** The force's own device says where it is. */
  const reports = (engaged: readonly [string, string]): void => {
    const here = { ...HOME, time_ms: Date.now(), accuracy_m: 5, speed_kmh: 40, heading_deg: 90, source: 'osmand' };
    picture.take({
      type: 'batch',
      seq: 1,
      now_ms: 0,
      rows: [],
      events: [],
      forces: [{ ...force(engaged), position: here }],
      gone: [],
    });
  };
  /** The person signed in for the force does something. */
  const acts = (): void => {
    const event = {
      seq: 1,
      matter: ID,
      kind: 'incident',
      type: 'step',
      time_ms: Date.now(),
      actor: 'patrol',
      words: NO_WAY,
      facts: {},
      told: false,
    };
    picture.take({ type: 'batch', seq: 1, now_ms: 0, rows: [], events: [event], forces: [], gone: [] });
  };
  return { told, fleet, says, reports, acts };
};

describe('a crew', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }));
  afterEach(() => mock.timers.reset());

  test('answers within seconds, goes its way, arrives, works, clears and drives back', async () => {
    const { told, fleet, says } = await begin();
    await says([ID, 'offered']);
    await pass(10);
    assert.deepEqual(told.steps, ['go']);
    await says([ID, 'on_the_way']);
    await pass(5);
    assert.ok(
      Math.abs((fleet.unit('car-1')?.spot(Date.now()).at[0] ?? 0) - 122.005) < 0.0001,
      'half-way in half the time',
    );
    await pass(6);
    assert.deepEqual(told.steps, ['go', 'arrive']);
    assert.deepEqual([told.positions.at(-1)?.lon, told.positions.at(-1)?.lat], SCENE);
    await says([ID, 'on_scene']);
    await pass(1500 / 6);
    assert.deepEqual(told.steps, ['go', 'arrive', 'clear']);
    await says();
    assert.equal(fleet.unit('car-1')?.doing, 'back');
    await pass(11);
    assert.deepEqual(fleet.unit('car-1')?.spot(Date.now()).at, [HOME.lon, HOME.lat]);
  });

  test('is left to the person who works it, and taken over when that person has long done nothing', async () => {
    const { told, says, acts } = await begin({ person: true });
    await says([ID, 'on_the_way']);
    acts();
    await says([ID, 'on_scene']);
    await pass(14 * 60);
    assert.deepEqual(told.steps, []);
    await pass(5 * 60);
    assert.deepEqual(told.steps, ['clear']);
  });

  test('says so when it cannot get there, and now and then when it cannot leave', async () => {
    const far = await begin();
    far.told.reachable = false;
    await far.says([ID, 'offered']);
    await pass(10);
    assert.deepEqual(far.told.steps, ['decline']);
    const unwilling = await begin({ decline_chance: 1 });
    await unwilling.says([ID, 'offered']);
    await pass(10);
    assert.deepEqual(unwilling.told.steps, ['decline']);
  });

  test('that a person is signed in for is left to that person, for a minute each time', async () => {
    const { told, says } = await begin({ person: true });
    await says([ID, 'offered']);
    await pass(60);
    assert.deepEqual(told.steps, []);
    await says([ID, 'on_the_way']);
    await pass(69);
    assert.deepEqual(told.steps, []);
    await says([ID, 'on_scene']);
    await pass(1500 / 6 + 60);
    assert.deepEqual(told.steps, ['clear']);
  });

  test('whose own device says where it is arrives when it arrives', async () => {
    const { told, fleet, says, reports } = await begin();
    await says([ID, 'on_the_way']);
    const before = told.positions.length;
    for (let round = 0; round < 10; round += 1) {
      await pass(30);
      reports([ID, 'on_the_way']);
    }
    assert.deepEqual(told.steps, ['arrive'], 'before the device was first heard');
    assert.ok(before > 0 && fleet.reportsItself('car-1', Date.now()));
    await says([ID, 'on_scene']);
    for (let round = 0; round < 20; round += 1) {
      await pass(30);
      reports([ID, 'on_scene']);
    }
    assert.deepEqual(told.steps, ['arrive'], 'the work ends when the person says so');
    await fleet.report();
    const heard = told.positions.length;
    await fleet.report();
    assert.equal(told.positions.length, heard, 'two voices would contradict each other');
    await pass(300);
    assert.deepEqual(told.steps, ['arrive', 'clear'], 'a device that fell silent is answered for');
  });

  test('that is busy takes a second matter on, and goes there when the first is cleared', async () => {
    const { told, says } = await begin();
    await says([ID, 'on_scene'], [OTHER, 'offered']);
    await pass(10);
    assert.deepEqual(told.steps, [`${OTHER} accept`]);
    await says([ID, 'on_scene'], [OTHER, 'accepted']);
    await pass(1500 / 6);
    assert.deepEqual(told.steps, [`${OTHER} accept`, 'clear']);
    await says([OTHER, 'accepted']);
    await pass(10);
    assert.deepEqual(told.steps, [`${OTHER} accept`, 'clear', `${OTHER} go`]);
  });

  test('whose offer is withdrawn does nothing more', async () => {
    const { told, says } = await begin();
    await says([ID, 'offered']);
    await says();
    await pass(60);
    assert.deepEqual(told.steps, []);
  });
});
