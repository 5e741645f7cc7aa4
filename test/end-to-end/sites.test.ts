import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Page, expect, test } from '@playwright/test';
import { markDemonstration } from '../../src/main/demonstration.ts';
import { ISLANDS } from '../../src/main/islands/layout.ts';
import { type RunningIslands, runIslands } from '../../src/main/islands/run.ts';
import { closeAll, desktop, queueRow, signIn, takeCall } from './hands.ts';

const START_MS = 120_000;
const HEAL_MS = 40_000;

let dir: string;
let islands: RunningIslands;

test.beforeAll(async () => {
  test.setTimeout(START_MS);
  dir = mkdtempSync(path.join(tmpdir(), 'qundao-islands-'));
  islands = await runIslands({
    dir,
    planned: ISLANDS.slice(0, 2),
    port: 0,
    prepare: markDemonstration,
    options: () => ['--no-drills'],
  });
  for (const { url } of islands.sites)
    await expect
      .poll(
        () =>
          fetch(`${url}/readyz`).then(
            ({ ok }) => ok,
            () => false,
          ),
        { timeout: START_MS },
      )
      .toBe(true);
});
test.afterEach(({ browser }) => closeAll(browser));
test.afterAll(async () => {
  await islands.stop();
  rmSync(dir, { recursive: true, force: true });
});

const sitesOf = (page: Page) => page.getByTestId('sites');

test('cut the link, work on both sides, heal: each is told, what was asked waits and is done, nothing is missing', async ({
  browser,
}) => {
  test.slow();
  const [city, island] = islands.sites;
  const centre = await signIn(await desktop(browser, city?.url ?? ''), 'desk', '值班指挥长');
  const daishan = await signIn(await desktop(browser, island?.url ?? ''), 'desk', '值班指挥长');
  await expect(sitesOf(centre)).toHaveText(/2 个节点互通/, { timeout: HEAL_MS });
  const before = await takeCall(daishan, '码头有人落水', '高亭镇');
  await queueRow(centre, before).click();
  await expect(centre.getByTestId('elsewhere')).toContainText('由岱山县办理');

  islands.links[0]?.set({ type: 'cut' });
  await expect(sitesOf(centre)).toHaveText(/岱山县 链路断/, { timeout: HEAL_MS });
  await expect(sitesOf(daishan)).toHaveText(/你们在独立作战/, { timeout: HEAL_MS });
  await expect(centre.getByTestId('elsewhere')).toContainText('之后的情况不知道');
  const meanwhile = await takeCall(daishan, '山上有烟', '高亭镇');
  await daishan.locator('body').press('d');
  await expect(daishan.locator('.part')).toHaveCount(1);
  const here = await takeCall(centre, '两人争吵', '昌国街道');
  await expect(queueRow(centre, meanwhile)).toHaveCount(0);

  await queueRow(centre, before).click();
  await centre.locator('.matter-head [data-step="grade"]').click();
  const dialog = centre.locator('dialog[open]');
  await dialog.locator('[data-fact="urgency"]').getByRole('radio').nth(1).click();
  await dialog.locator('button[type=submit]').click();
  await expect(dialog).toContainText('还没有答复');
  await centre.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(sitesOf(centre)).toContainText('1 项待送达');

  islands.links[0]?.set({ type: 'open' });
  await expect(queueRow(centre, meanwhile)).toBeVisible({ timeout: HEAL_MS });
  await expect(queueRow(daishan, here)).toBeVisible({ timeout: HEAL_MS });
  await expect(queueRow(daishan, before)).toHaveAttribute('data-urgency', '2', { timeout: HEAL_MS });
  await expect(queueRow(centre, before)).toHaveAttribute('data-urgency', '2', { timeout: HEAL_MS });
  await expect(sitesOf(centre)).toHaveText(/2 个节点互通/);
  await sitesOf(centre).click();
  await expect(centre.locator('.sites-list li[data-state="done"]')).toContainText('定级');
});
