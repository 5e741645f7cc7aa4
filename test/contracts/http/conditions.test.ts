import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { doneSchema, matterSchema } from '#wire/api.ts';
import { conditionsSchema } from '#wire/conditions.ts';
import { expectOk, expectProblem } from '../../harness/client.ts';
import { HERE, openHouse } from '../../harness/house.ts';

const house = await openHouse();
after(() => house.close());
const { dispatcher, commander } = house.as;

const told = async () => expectOk(await dispatcher.get('/api/conditions'), 200, conditionsSchema);
const close = async (facts: object): Promise<string> =>
  expectOk(
    await dispatcher.post('/api/matters', { kind: 'closure', facts: { cause: 'weather', where: HERE, ...facts } }),
    201,
    doneSchema,
  ).matter;

describe('closures', () => {
  it('hold from the answer on, with their matter and why, until somebody opens again', async () => {
    const until = Date.now() + 3_600_000;
    const matter = await close({ what: 'pier-dinghai', place: '定海码头', until });
    const [closure] = (await told()).closures;
    assert.equal(closure?.matter, matter);
    assert.deepEqual([closure.what, closure.until, closure.why?.zh], ['pier-dinghai', until, '大风大浪大雾']);
    expectOk(await commander.step(matter, 'reopen', {}), 200, doneSchema);
    assert.deepEqual((await told()).closures, []);
    const view = expectOk(await dispatcher.get(`/api/matters/${matter}`), 200, matterSchema);
    assert.equal(view.outcome, 'opened');
  });
  it('follow the matter when its time is changed', async () => {
    const matter = await close({ what: 'way/77' });
    assert.equal((await told()).closures[0]?.until, null);
    const until = Date.now() + 60_000;
    expectOk(await dispatcher.step(matter, 'extend', { until }), 200, doneSchema);
    assert.equal((await told()).closures[0]?.until, until);
    expectOk(await dispatcher.step(matter, 'withdraw', { reason: '封错了' }), 200, doneSchema);
    assert.deepEqual((await told()).closures, []);
  });
});

describe('weather', () => {
  const began = Date.now();
  const at = (hours: number, wave_m: number) => ({
    at: began + hours * 3_600_000,
    wind_ms: 12,
    gust_ms: null,
    wave_m,
    visibility_m: 8000,
  });
  const tell = (series: readonly object[]) =>
    dispatcher.ask('PUT', '/api/conditions/weather/south', { body: { series } });
  it('is kept by area, and what is told later of a time takes the place of what was told before', async () => {
    const [now, later, night] = [at(0, 1), at(6, 2), at(12, 4)];
    expectOk(await tell([now, later, night]), 200, conditionsSchema);
    const better = at(6, 1.5);
    expectOk(await tell([better]), 200, conditionsSchema);
    const { weather } = await told();
    assert.deepEqual(
      weather.map((one) => [one.area, one.series.map((reading) => reading.wave_m)]),
      [['south', [1, 1.5]]],
    );
  });
  it('is refused out of order, out of range, and from whoever has no part in it', async () => {
    expectProblem(await house.unchanged(() => tell([at(6, 2), at(0, 1)])), 'weather-order');
    expectProblem(await house.unchanged(() => tell([at(0, -1)])), 'request-invalid');
    expectProblem(await house.unchanged(() => tell([])), 'request-invalid');
    const body = { series: [at(0, 1)] };
    expectProblem(
      await house.unchanged(() => house.as.auditor.ask('PUT', '/api/conditions/weather/south', { body })),
      'forbidden',
    );
  });
});
