import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Instant } from '#core/base/instant.ts';
import { siteId } from '#core/base/ids.ts';
import { SYSTEM } from '#app/system.ts';
import type { Site } from '#app/site.ts';
import type { Auth } from '#rim/auth/auth.ts';
import { openAuth } from '#rim/auth/auth.ts';
import { secureRandom } from '#rim/digest-node/digest.ts';
import type { Force } from '#world/forces/force.ts';
import { prepareDemonstration } from './demonstration.ts';
import type { BareSite } from './replay/site.ts';
import { openBareSite } from './replay/site.ts';
import { ZHOUSHAN_DIR } from './shell.ts';

const { forces } = JSON.parse(readFileSync(path.join(ZHOUSHAN_DIR, 'forces.json'), 'utf8')) as {
  readonly forces: readonly Force[];
};

let folder = '';
let opened: BareSite;
let site: Site;
let auth: Auth;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qundao-demonstration-'));
  opened = await openBareSite({
    data_dir: folder,
    id: siteId('demo'),
    prefix: 'ZS',
    now: () => Date.now() as Instant,
    place_dir: ZHOUSHAN_DIR,
  });
  ({ site } = opened);
  auth = openAuth(path.join(folder, 'accounts.db'), {
    now: Date.now,
    random: secureRandom,
    cost: { memory_kib: 64, passes: 1, lanes: 1 },
  });
});
afterEach(async () => {
  auth.close();
  await opened.close();
  await rm(folder, { recursive: true });
});
const offDuty = (): readonly string[] =>
  [...site.views.roster.all()].filter((one) => !one.on_duty).map((one) => one.force.id);

describe('preparing the demonstration', () => {
  test('everyone is on duty after a crash between registering and the shift’s beginning', async () => {
    await site.forces.register(forces, SYSTEM);
    assert.equal(offDuty().length, forces.length);
    await prepareDemonstration({ site, auth });
    assert.deepEqual(offDuty(), []);
  });

  test('who went off duty stays off at the next start, and nothing is recorded twice', async () => {
    await prepareDemonstration({ site, auth });
    const [first] = forces;
    assert.ok(first !== undefined);
    await site.forces.duty(first.id, { on_duty: false }, SYSTEM);
    const { seq } = site.recorder;
    await prepareDemonstration({ site, auth });
    assert.deepEqual([offDuty(), site.recorder.seq], [[first.id], seq]);
  });
});
