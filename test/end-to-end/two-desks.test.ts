import { type Page, expect, test } from '@playwright/test';
import { closeAll, desktop, queueRow, signIn, takeCall } from './hands.ts';
import { type DemoServer, startServer } from '../../tools/screens/server.ts';

let server: DemoServer;
test.beforeAll(async () => {
  server = await startServer({ drills: false });
});
test.afterEach(({ browser }) => closeAll(browser));
test.afterAll(async () => server.stop());

/** Holds what the desks send to a force until all have sent: none of them can have been told of the others by then. */
const meeting = async (desks: readonly Page[]): Promise<void> => {
  const { promise: allHere, resolve } = Promise.withResolvers<void>();
  let here = 0;
  for (const desk of desks) {
    await desk.route('**/api/matters/*/engagements', async (route) => {
      here += 1;
      if (here === desks.length) resolve();
      await allHere;
      await route.continue();
    });
  }
  await allHere;
};

test('two desks send the same force to the same matter in the same moment: one does, both are told, nothing is lost', async ({
  browser,
}) => {
  const first = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const second = await signIn(await desktop(browser, server.url), 'desk', '值班指挥长');
  const number = await takeCall(first, '两人在菜场争吵', '昌国街道');
  await queueRow(second, number).click();
  const top = first.locator('.candidate').first();
  const force = (await top.getAttribute('data-force')) ?? '';
  const same = second.locator(`.candidate[data-force="${force}"] > .button`);
  await expect(same).toBeVisible();
  const both = meeting([first, second]);
  await top.locator('> .button').click();
  await same.click();
  await both;
  for (const desk of [first, second]) await expect(desk.locator('.notice', { hasText: /已派|没有派成/ })).toBeVisible();
  for (const desk of [first, second]) await expect(desk.locator(`.part[data-subject="${force}"]`)).toHaveCount(1);
  const refused = await Promise.all([first, second].map((desk) => desk.locator('.notice-failed').count()));
  expect(refused.toSorted((a, b) => a - b)).toEqual([0, 1]);
});

test('a force already sent elsewhere may be sent again, and the desk is told what it holds', async ({ browser }) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const one = await takeCall(desk, '老人在街上迷路', '环南街道');
  const force = (await desk.locator('.candidate').first().getAttribute('data-force')) ?? '';
  await desk.locator('body').press('d');
  await expect(desk.locator(`.part[data-subject="${force}"]`)).toBeVisible();
  const two = await takeCall(desk, '店铺被盗', '环南街道');
  const again = desk.locator(`.candidate[data-force="${force}"]`);
  await expect(again).toContainText(one);
  await again.locator('> .button').click();
  await expect(desk.locator(`.part[data-subject="${force}"]`)).toBeVisible();
  await queueRow(desk, one).click();
  await expect(desk.locator(`.part[data-subject="${force}"]`)).toBeVisible();
  await expect(queueRow(desk, two)).not.toContainText('未派');
});
