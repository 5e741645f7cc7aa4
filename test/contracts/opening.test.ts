import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { accountId, forceId, matterId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { Force } from '#world/forces/force.ts';
import { TravelUnready } from '#app/dispatching.ts';
import { SYSTEM } from '#app/system.ts';
import { open } from '#main/compose.ts';
import type { Opened } from '#main/compose.ts';
import { parseConfig } from '#main/config.ts';
import { OtherSite } from '#main/other-site.ts';
import { ZHOUSHAN_DIR } from '#main/shell.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'qundao-compose-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** A site opened at a standing clock, closed after the work. */
const opened = async (
  now: string,
  environment: Readonly<Record<string, string>>,
  work: (site: Opened['site'], opened: Opened) => Promise<void>,
): Promise<void> => {
  const config = parseConfig({ QUNDAO_DATA: dir, QUNDAO_LOG: 'silent', ...environment });
  assert.ok(config.ok);
  const made = await open({
    config: config.value,
    place_dir: ZHOUSHAN_DIR,
    web_dir: null,
    version: '0.0.0',
    accounts: [],
    demonstration: false,
    now: () => Date.parse(now) as Instant,
  });
  try {
    await work(made.site, made);
  } finally {
    await made.close();
  }
};
const actor: Actor = { account: accountId('desk-1'), roles: ['dispatcher', 'commander'], sites: '*', units: [] };

const AGENCY: Force = {
  id: forceId('agency-roads'),
  kind: 'agency',
  name: { zh: '道路部门', en: 'Roads' },
  call_sign: 'R1',
  tier: 'district',
  district: '330902',
  home: [122.2, 30.02],
  home_place: null,
  skills: [],
  gear: [],
  seats: 0,
  crew: 1,
};

describe('QUNDAO_TIME_ZONE', () => {
  // Friday evening before the clocks change in New York; Saturday morning in Shanghai.
  const FRIDAY = '2026-03-06T22:00:00Z';
  for (const { zone, day, due } of [
    { zone: 'America/New_York', day: '260306', due: '2026-03-09T14:00:00.000Z' },
    { zone: 'Asia/Shanghai', day: '260307', due: '2026-03-09T02:30:00.000Z' },
  ])
    test(`${zone}: the day of a number, and two working hours over a week-end, survive a restart`, async () => {
      const environment = { QUNDAO_TIME_ZONE: zone };
      const id = `ZS-${day}-0001`;
      await opened(FRIDAY, environment, async ({ commands, forces }) => {
        await forces.register([AGENCY], SYSTEM);
        const raised = await commands.raise(
          { kind: 'non-police-matter', facts: { narrative: '栏杆松动' } },
          { actor, key: 'a' },
        );
        assert.ok(raised.ok, JSON.stringify(raised));
        assert.equal(raised.value.matter, id);
        const facts = { agency: 'agency-roads', tier: 'street' };
        const routed = await commands.step(
          { matter: raised.value.matter, step: 'route', subject: null, facts },
          { actor, key: 'b' },
        );
        assert.ok(routed.ok, JSON.stringify(routed));
      });
      await opened(FRIDAY, environment, async ({ views }) => {
        const found = views.book.find(matterId(id));
        assert.equal(new Date(found?.matter.clocks['accept']?.due ?? 0).toISOString(), due);
      });
    });
});

describe('QUNDAO_SITE changed on a site in use', () => {
  const raiseOne = async ({ commands }: Opened['site']): Promise<void> => {
    const raised = await commands.raise({ kind: 'incident', facts: { narrative: '试报' } }, { actor, key: 'a' });
    assert.ok(raised.ok, JSON.stringify(raised));
  };
  const NOW = '2026-03-06T22:00:00Z';

  test('is told with both ids, and nothing is damaged: set back, the site opens', async () => {
    await opened(NOW, { QUNDAO_SITE: 'zs-putuo' }, raiseOne);
    await assert.rejects(
      opened(NOW, { QUNDAO_SITE: 'zs-daishan' }, raiseOne),
      (error: unknown) =>
        error instanceof OtherSite && error.recorded === 'zs-putuo' && error.configured === 'zs-daishan',
    );
    await opened(NOW, { QUNDAO_SITE: 'zs-putuo' }, raiseOne);
  });
});

describe('a place that is not ready yet', () => {
  test('everything but travel is served; that and /readyz say why, until it is ready', async () => {
    await opened('2026-03-06T22:00:00Z', {}, async ({ dispatching }, { app, makeReady }) => {
      const asked = async (url: string) => {
        const { statusCode, body } = await app.inject(url);
        return { status: statusCode, code: (JSON.parse(body) as { code?: string }).code };
      };
      assert.deepEqual(await asked('/healthz'), { status: 200, code: undefined });
      assert.deepEqual(await asked('/api/map/roads'), { status: 200, code: undefined });
      assert.deepEqual(await asked('/readyz'), { status: 503, code: 'place-preparing' });
      assert.throws(
        () => dispatching.arrivals([122.1, 30.02], { leave_at: 0 as Instant }, { close: [], open: [] }),
        TravelUnready,
      );
      assert.equal(await makeReady(() => undefined), true);
      assert.deepEqual(await asked('/readyz'), { status: 200, code: undefined });
      assert.deepEqual(dispatching.arrivals([122.1, 30.02], { leave_at: 0 as Instant }, { close: [], open: [] }), []);
    });
  });
});
