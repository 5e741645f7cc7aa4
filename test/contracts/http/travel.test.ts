import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { doneSchema } from '#wire/api.ts';
import { arrivalsSchema, isochroneSchema, matrixSchema, routesSchema } from '#wire/travel.ts';
import { expectOk, expectProblem } from '../../harness/client.ts';
import { FORCES, HERE, OFF_DUTY, openHouse } from '../../harness/house.ts';

const house = await openHouse();
after(() => house.close());
const { dispatcher, patrol } = house.as;
const FROM = [HERE.lon + 0.02, HERE.lat];
const TO = [HERE.lon, HERE.lat];

describe('questions of travel', () => {
  it('a route has its legs in order and adds up', async () => {
    const answer = await patrol.post('/api/travel/route', { profile: 'car', from: FROM, to: TO });
    const { routes } = expectOk(answer, 200, routesSchema);
    const [route] = routes;
    assert.ok(route !== undefined && route.duration_s !== null && route.start_ms !== null && route.arrive_ms !== null);
    assert.ok(route.arrive_ms - route.start_ms >= route.duration_s * 1000 - 1000);
    const { legs } = route;
    legs.forEach((leg, index) => {
      assert.ok(leg.arrive_ms >= leg.start_ms);
      if (index > 0) assert.equal(leg.start_ms, legs[index - 1]?.arrive_ms);
    });
  });
  it('T2 a force is asked for with its turnout, a plain question without', async () => {
    const question = { profile: 'car', from: FROM, to: TO };
    const ask = async (more: object) =>
      expectOk(await patrol.post('/api/travel/route', { ...question, ...more }), 200, routesSchema).routes[0];
    const [plain, turned] = [await ask({}), await ask({ turnout_s: 60 })];
    assert.notEqual(plain?.legs[0]?.mode, 'wait');
    assert.deepEqual(turned?.legs[0]?.via[0], { zh: '出动准备', en: 'turning out' });
    assert.equal(turned?.duration_s, (plain?.duration_s ?? 0) + 60);
    expectProblem(await patrol.post('/api/travel/route', { ...question, turnout_s: -1 }), 'request-invalid');
    const never = { ...question, leave_at: 8.64e15 };
    expectProblem(await patrol.post('/api/travel/route', never), 'request-invalid');
  });
  it('every force on duty is answered for; a matrix and areas too', async () => {
    const { arrivals } = expectOk(await dispatcher.post('/api/travel/forces', { to: TO }), 200, arrivalsSchema);
    const onDuty = Object.keys(FORCES).filter((id) => id !== OFF_DUTY);
    assert.deepEqual(arrivals.map((one) => one.id).toSorted(), onDuty.toSorted());
    assert.ok(arrivals.every((one) => one.duration_s !== null || one.reason !== null));
    const question = { profile: 'car', from: [FROM, TO], to: [TO] };
    const matrix = expectOk(await dispatcher.post('/api/travel/matrix', question), 200, matrixSchema);
    assert.equal(matrix.duration_s.length, 2);
    const reach = { profile: 'car', from: TO, limits_s: [300, 600] };
    const areas = expectOk(await dispatcher.post('/api/travel/isochrone', reach), 200, isochroneSchema);
    assert.equal(areas.features.length, 2);
  });
  it('the very next question knows who moved, came on duty or went off', async () => {
    const durations = async (): Promise<ReadonlyMap<string, number | null>> => {
      const answer = await dispatcher.post('/api/travel/forces', { to: TO });
      const { arrivals } = expectOk(answer, 200, arrivalsSchema);
      return new Map(arrivals.map((one) => [one.id, one.duration_s]));
    };
    const before = await durations();
    const onDuty = async (force: string, on_duty: boolean): Promise<void> => {
      assert.equal((await dispatcher.post(`/api/forces/${force}/duty`, { on_duty })).status, 200);
    };
    assert.equal((await patrol.post('/positions', { force: 'ptu-1', ...HERE })).status, 200);
    const moved = await durations();
    assert.ok((moved.get('ptu-1') ?? Infinity) < (before.get('ptu-1') ?? 0));
    assert.equal(moved.get('ptu-2'), before.get('ptu-2'));
    for (const on_duty of [true, false]) {
      await onDuty(OFF_DUTY, on_duty);
      assert.equal((await durations()).has(OFF_DUTY), on_duty);
    }
    // Off duty a force is nowhere, so on duty again it is taken to be at home.
    for (const on_duty of [false, true]) await onDuty('ptu-1', on_duty);
    assert.deepEqual(await durations(), before);
  });
  it('T7 what is closed by a matter is respected by the very next question', async () => {
    const ask = async () =>
      expectOk(await dispatcher.post('/api/travel/route', { profile: 'car', from: FROM, to: TO }), 200, routesSchema)
        .routes[0];
    const before = await ask();
    const way = before?.legs.find((leg) => leg.mode === 'car')?.refs[0];
    assert.ok(way !== undefined && before?.duration_s !== null && before !== undefined);
    const facts = { what: way, cause: 'accident' };
    const raised = expectOk(await dispatcher.post('/api/matters', { kind: 'closure', facts }), 201, doneSchema);
    const during = await ask();
    assert.ok(during?.legs.every((leg) => leg.mode !== 'car' || !leg.refs.includes(way)));
    assert.ok(during?.duration_s === null || (during?.duration_s ?? 0) >= before.duration_s);
    expectOk(await dispatcher.step(raised.matter, 'reopen', {}), 200, doneSchema);
    assert.equal((await ask())?.duration_s, before.duration_s);
  });
  it('bad questions get clear answers, and who may not ask for all forces does not', async () => {
    const bad = async (body: object, path = 'route') => dispatcher.post(`/api/travel/${path}`, body);
    expectProblem(await bad({ profile: 'broom', from: FROM, to: TO }), 'profile-unknown');
    expectProblem(await bad({ profile: 'car', from: [200, 30], to: TO }), 'request-invalid');
    expectProblem(await bad({ profile: 'car', from: FROM, to: TO, leave_at: 1, arrive_by: 2 }), 'request-invalid');
    expectProblem(await bad({ profile: 'car', from: TO, limits_s: [] }, 'isochrone'), 'request-invalid');
    expectProblem(await patrol.post('/api/travel/forces', { to: TO }), 'forbidden');
    expectProblem(await house.nobody.post('/api/travel/route', {}), 'session-missing');
  });
});
