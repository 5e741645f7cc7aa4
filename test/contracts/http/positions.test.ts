import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';
import { z } from 'zod';
import { forceSchema } from '#wire/api.ts';
import type { ForceView } from '#wire/api.ts';
import type { ErrorCode } from '#wire/errors.ts';
import { bearer, expectOk, expectProblem } from '../../harness/client.ts';
import type { Answer, Client } from '../../harness/client.ts';
import { HERE, OFF_DUTY, openHouse } from '../../harness/house.ts';
import { makeToken, tokenFor } from '../../harness/server.ts';

const house = await openHouse();
after(() => house.close());
const { url } = house.server;
// Made as an administrator makes it.
const device = await makeToken(house.data_dir, 'tracker-1', ['--units', 'ptu-1']);
const resting = tokenFor(house.data_dir, 'tracker-rest', [], [OFF_DUTY]);
const gateway = bearer(url, tokenFor(house.data_dir, 'gateway', []));

const HOUR_MS = 3_600_000;
const accepted = z.object({
  accepted: z.number(),
  refused: z.array(z.object({ force: z.string(), code: z.string() })),
});
const refused = async (code: ErrorCode, work: () => Promise<Answer>) =>
  expectProblem(await house.unchanged(work), code);
const positionOf = async (id: string): Promise<ForceView['position']> => {
  const { forces } = expectOk(
    await house.as.dispatcher.get('/api/forces'),
    200,
    z.object({ forces: z.array(forceSchema) }),
  );
  return forces.find((one) => one.id === id)?.position ?? null;
};
const report = (more: Readonly<Record<string, unknown>> = {}) => ({ force: 'ptu-1', ...HERE, ...more });

// Off duty a force is nowhere: each test begins without a position.
beforeEach(async () => {
  for (const on_duty of [false, true]) {
    for (const id of ['ptu-1', 'ptu-2']) await house.as.dispatcher.post(`/api/forces/${id}/duty`, { on_duty });
  }
});

describe('positions as our own JSON', () => {
  it('takes one from the force’s own people and shows it', async () => {
    const time_ms = Date.now() - 5000;
    const body = report({ time_ms, accuracy_m: 8, speed_kmh: 30.5, heading_deg: 90 });
    assert.deepEqual(expectOk(await house.as.patrol.post('/positions', body), 200, accepted), {
      accepted: 1,
      refused: [],
    });
    assert.deepEqual(await positionOf('ptu-1'), {
      ...HERE,
      time_ms,
      accuracy_m: 8,
      speed_kmh: 30.5,
      heading_deg: 90,
      source: 'own',
    });
  });
  it('takes a list from a machine, and tells which it refused and why', async () => {
    const body = [
      report(),
      report({ force: OFF_DUTY }),
      report({ force: 'nobody' }),
      report({ force: 'ptu-2', lat: 91 }),
    ];
    assert.deepEqual(expectOk(await gateway.post('/positions', body), 200, accepted), {
      accepted: 1,
      refused: [
        { force: OFF_DUTY, code: 'not-on-duty' },
        { force: 'nobody', code: 'force-unknown' },
        { force: 'ptu-2', code: 'position-invalid' },
      ],
    });
    assert.equal(await positionOf('ptu-2'), null);
  });
  it('leaves the ledger alone: where somebody was is nobody’s business later', async () => {
    await house.unchanged(() => house.as.patrol.post('/positions', report()));
  });
  it('refuses places off the earth, times to come and times long gone', async () => {
    for (const at of [{ lon: 181 }, { lon: -180.01 }, { lat: 90.1 }, { lat: -1e9 }]) {
      await refused('position-invalid', () => house.as.patrol.post('/positions', report(at)));
    }
    await refused('time-in-future', () =>
      house.as.patrol.post('/positions', report({ time_ms: Date.now() + HOUR_MS })),
    );
    await refused('time-too-old', () =>
      house.as.patrol.post('/positions', report({ time_ms: Date.now() - 25 * HOUR_MS })),
    );
    await refused('time-too-old', () => house.as.patrol.post('/positions', report({ time_ms: 0 })));
  });
  it('refuses what is none', async () => {
    const wrong = [
      {},
      [],
      [[]],
      null,
      7,
      report({ lon: '122' }),
      report({ time_ms: 1.5 }),
      report({ time_ms: -1 }),
      report({ accuracy_m: -1 }),
      report({ heading_deg: 400 }),
    ];
    for (const body of wrong)
      await refused('request-invalid', () => house.as.patrol.ask('POST', '/positions', { raw: JSON.stringify(body) }));
    await refused('json-malformed', () => house.as.patrol.ask('POST', '/positions', { raw: '{' }));
    await refused('body-too-large', () => gateway.ask('POST', '/positions', { raw: `[${' '.repeat(10_000_000)}]` }));
  });
  it('refuses to report for another force, for one off duty, for none', async () => {
    await refused('forbidden', () => house.as.crew.post('/positions', report()));
    await refused('forbidden', () => house.as.dispatcher.post('/positions', report()));
    await refused('not-on-duty', () => house.as.water.post('/positions', report({ force: OFF_DUTY })));
    await refused('force-unknown', () => gateway.post('/positions', report({ force: 'nobody' })));
    await refused('session-missing', () => house.nobody.post('/positions', report()));
  });
  it('keeps the newest when devices resend', async () => {
    const now = Date.now();
    await house.as.crew.post('/positions', report({ force: 'ptu-2', time_ms: now }));
    expectOk(
      await house.as.crew.post('/positions', report({ force: 'ptu-2', lat: 30.5, time_ms: now - 60_000 })),
      200,
      accepted,
    );
    assert.deepEqual([(await positionOf('ptu-2'))?.lat, (await positionOf('ptu-2'))?.time_ms], [HERE.lat, now]);
  });
  it('forgets where a force is when it goes off duty', async () => {
    await house.as.crew.post('/positions', report({ force: 'ptu-2' }));
    await house.as.crew.post('/api/forces/ptu-2/duty', { on_duty: false });
    assert.equal(await positionOf('ptu-2'), null);
    await refused('not-on-duty', () => house.as.crew.post('/positions', report({ force: 'ptu-2' })));
    await house.as.crew.post('/api/forces/ptu-2/duty', { on_duty: true });
    assert.equal(await positionOf('ptu-2'), null);
  });
});

/** The ways the device's query reaches us. */
const WAYS: Readonly<Record<string, (query: string) => Promise<Answer>>> = {
  'GET with a query': (query) => house.nobody.get(`/positions?${query}`),
  'POST with a query': (query) => house.nobody.ask('POST', `/positions?${query}`),
  'POST with a form': (query) =>
    house.nobody.ask('POST', '/positions', { raw: query, type: 'application/x-www-form-urlencoded' }),
};
const seconds = (ago_s: number): number => Math.floor(Date.now() / 1000) - ago_s;

for (const [way, send] of Object.entries(WAYS)) {
  describe(`positions in OsmAnd form: ${way}`, () => {
    it('takes what Traccar Client sends, with everything it says besides', async () => {
      const time_s = seconds(10);
      const query = `id=${device}&lat=30.0123&lon=122.3456&timestamp=${time_s}&hdop=6.0&altitude=224.0&speed=10&bearing=7.2&accuracy=12.5&batt=87&cell=257,02,16,2224&cell=257,02`;
      assert.equal((await send(query)).status, 200);
      const at = { lon: 122.3456, lat: 30.0123, time_ms: time_s * 1000 };
      assert.deepEqual(await positionOf('ptu-1'), {
        ...at,
        accuracy_m: 12.5,
        speed_kmh: 18.52,
        heading_deg: 7.2,
        source: 'osmand',
      });
    });
    it('takes times as seconds, milliseconds, ISO and plain text in UTC', async () => {
      let ago_s = 9;
      const forms = [
        (ms: number) => String(ms / 1000),
        (ms: number) => String(ms),
        (ms: number) => encodeURIComponent(new Date(ms).toISOString()),
        (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', '+'),
      ];
      for (const form of forms) {
        const time_ms = seconds((ago_s -= 1)) * 1000;
        assert.equal((await send(`id=${device}&lat=30&lon=122&timestamp=${form(time_ms)}`)).status, 200);
        assert.equal((await positionOf('ptu-1'))?.time_ms, time_ms);
      }
    });
    it('takes unknown extras for unknown', async () => {
      assert.equal((await send(`id=${device}&lat=30&lon=122&speed=-1&bearing=-1&accuracy=oops`)).status, 200);
      const position = await positionOf('ptu-1');
      assert.deepEqual([position?.speed_kmh, position?.heading_deg, position?.accuracy_m], [null, null, null]);
    });
    it('refuses with a code that says what is wrong', async () => {
      const wrong: readonly (readonly [ErrorCode, string])[] = [
        ['request-invalid', `id=${device}&timestamp=1377177267&cell=257,02,16,2224&wifi=00-14-22-01-23-45,-80`],
        ['request-invalid', `id=${device}&lat=&lon=`],
        ['request-invalid', `id=${device}&lat=30&lon=east`],
        ['request-invalid', `id=${device}&lat=30&lon=122&timestamp=yesterday`],
        ['request-invalid', `id=&lat=30&lon=122`],
        ['position-invalid', `id=${device}&lat=91&lon=122`],
        ['position-invalid', `id=${device}&lat=30&lon=181`],
        ['time-too-old', `id=${device}&timestamp=1377177267&lat=60.0&lon=30.0`],
        [
          'time-too-old',
          `id=${device}&lat=42.06288&lon=-88.23412&timestamp=2016-01-27T18%3A55%3A47Z&hdop=6.0&altitude=224.0&speed=0.0`,
        ],
        ['time-in-future', `id=${device}&lat=30&lon=122&timestamp=${seconds(-3600)}`],
        ['time-in-future', `id=${device}&lat=30&lon=122&timestamp=${'9'.repeat(30)}`],
        ['not-on-duty', `id=${resting}&lat=30&lon=122`],
        ['token-invalid', 'id=123456&lat=60.0&lon=30.0'],
        ['token-invalid', 'id=qd_made-up&lat=60.0&lon=30.0'],
      ];
      for (const [code, query] of wrong) await refused(code, () => send(query));
    });
  });
}

const traccar = (
  more: Readonly<Record<string, unknown>> = {},
  timestamp: string = new Date(Date.now() - 1000).toISOString(),
) => ({
  location: {
    timestamp,
    coords: {
      latitude: 30.01,
      longitude: 122.21,
      accuracy: 5,
      speed: 10,
      heading: 45,
      altitude: 5,
      speed_accuracy: -1,
      floor: null,
      ...more,
    },
    is_moving: false,
    odometer: 0,
    event: 'motionchange',
    battery: { level: -1, is_charging: false },
    activity: { type: 'unknown', confidence: 100 },
    extras: {},
    _: '&id=48241179&lat=37.4219983&lon=-122.084',
  },
  device_id: device,
});

describe('positions as newer Traccar Clients post them', () => {
  const send = (body: unknown, who: Client = house.nobody) => who.post('/positions', body);
  it('takes them, speed in metres per second', async () => {
    expectOk(await send(traccar()), 200, accepted);
    const position = await positionOf('ptu-1');
    assert.deepEqual(
      [position?.lon, position?.lat, position?.speed_kmh, position?.heading_deg, position?.source],
      [122.21, 30.01, 36, 45, 'osmand'],
    );
  });
  it('takes unknown speed and heading for unknown', async () => {
    expectOk(await send(traccar({ speed: -1, heading: -1 }, new Date().toISOString())), 200, accepted);
    const position = await positionOf('ptu-1');
    assert.deepEqual([position?.speed_kmh, position?.heading_deg], [null, null]);
  });
  it('refuses with a code that says what is wrong', async () => {
    await refused('time-too-old', () => send(traccar({}, '2025-06-15T13:45:12.862Z')));
    await refused('position-invalid', () => send(traccar({ latitude: 91 })));
    await refused('request-invalid', () => send({ ...traccar(), location: {} }));
    await refused('token-invalid', () => send({ ...traccar(), device_id: '48241179' }));
    await refused('token-invalid', () => send({ ...traccar(), device_id: 'x' }, house.as.dispatcher));
  });
});

describe('tokens for devices', () => {
  it('does not guess which force a token of several means', async () => {
    const several = tokenFor(house.data_dir, 'fleet', [], ['ptu-1', 'ptu-2']);
    await refused('token-invalid', () => house.nobody.get(`/positions?id=${several}&lat=30&lon=122`));
    expectOk(await bearer(url, several).post('/positions', report({ force: 'ptu-2' })), 200, accepted);
  });
  it('keeps the token out of the log', () => {
    assert.doesNotMatch(house.server.output(), new RegExp(device));
  });
});
