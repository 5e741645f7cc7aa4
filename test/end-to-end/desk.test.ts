import { expect, type Locator, type Page, test } from '@playwright/test';
import { type DemoServer, startServer } from '../../tools/screens/server.ts';
import { closeAll, desktop, partStep, queueRow, signIn, takeCall, takeStep } from './hands.ts';

let server: DemoServer;
test.beforeAll(async () => {
  server = await startServer({ drills: false });
});
test.afterEach(({ browser }) => closeAll(browser));
test.afterAll(async () => server.stop());

const focused = (desk: Page): Locator => desk.locator(':focus');
const shortOf = (number: string): number => Number(number.split('-').at(-1));

test('chips are one Tab stop a group: arrows, Home and End choose, digits grade, and letters send nobody', async ({
  browser,
}) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const number = await takeCall(desk, '老人摔倒', '昌国街道');
  await expect(desk.locator('.candidate').first()).toBeVisible();
  await desk.locator('body').press('n');
  const category = desk.locator('form.intake [data-fact="category"]');
  await desk.keyboard.press('Tab');
  await expect(focused(desk)).toHaveText('落水');
  await desk.keyboard.press('ArrowRight');
  await expect(category.getByRole('radio', { checked: true })).toHaveText('船舶遇险');
  await desk.keyboard.press('End');
  await expect(category.getByRole('radio', { checked: true })).toHaveText('其他');
  await desk.keyboard.press('Home');
  await expect(focused(desk)).toHaveText('落水');
  await desk.keyboard.press('d');
  await desk.keyboard.press('Tab');
  await desk.keyboard.press('2');
  await expect(desk.locator('form.intake [data-fact="urgency"]').getByRole('radio', { checked: true })).toContainText(
    '二级',
  );
  await desk.keyboard.press('Tab');
  await expect(desk.locator('form.intake [data-fact="where"] input')).toBeFocused();
  await expect(desk.locator(`section.matter[data-matter="${number}"] .part`)).toHaveCount(0);
});

test('correcting the place begins with what is known, renames it, and the row follows', async ({ browser }) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const number = await takeCall(desk, '有人从礁石上滑落', '昌国街道');
  await takeStep(desk, 'locate', async (dialog) => {
    await expect(dialog.locator('[data-fact="place"] input')).toHaveValue('昌国街道');
    await expect(dialog.getByTestId('position')).toContainText('°N');
    await dialog.locator('[data-fact="where"] input[type=search]').fill('普陀山镇');
    await dialog.locator('.suggestions button').first().click();
    await expect(dialog.locator('[data-fact="place"] input')).toHaveValue('普陀山镇');
  });
  await expect(queueRow(desk, number)).toContainText('普陀山镇');
  await expect(desk.locator('.candidate').first()).toContainText('普陀山');
});

test('the command line completes a dispatch: the matter, then the force by its rank', async ({ browser }) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const number = await takeCall(desk, '商店卷帘门被撬', '沈家门街道');
  const second = (await desk.locator('.candidate').nth(1).getAttribute('data-force')) ?? '';
  await desk.locator('body').press('/');
  await desk.keyboard.type(`d ${shortOf(number)}`);
  const line = desk.getByRole('combobox', { name: '命令与搜索' });
  await expect(desk.locator('.command [role=option]')).toHaveCount(1);
  await desk.keyboard.press('Tab');
  await expect(line).toHaveValue(`d ${shortOf(number)} `);
  await expect(desk.locator('.command .command-rank').nth(1)).toHaveText('2');
  await desk.keyboard.press('ArrowDown');
  await desk.keyboard.press('Enter');
  await expect(desk.locator(`.part[data-subject="${second}"]`)).toBeVisible();
  await expect(line).toHaveValue('');
});

test('a rank typed before the ranking is there, or one that nobody has, sends nobody and says so', async ({
  browser,
}) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const ranking = Promise.withResolvers<void>();
  await desk.route('**/api/matters/*/candidates', async (route) => {
    await ranking.promise;
    await route.continue();
  });
  const number = await takeCall(desk, '游客被困礁石', '沈家门街道');
  const line = desk.getByRole('combobox', { name: '命令与搜索' });
  await line.fill(`d ${shortOf(number)} 1`);
  await line.press('Enter');
  await expect(desk.locator('.notice-warning')).toContainText('还没有排出名次');
  await expect(line).toHaveValue(`d ${shortOf(number)} 1`);
  ranking.resolve();
  await expect(desk.locator('.candidate').first()).toBeVisible();
  await line.fill(`d ${shortOf(number)} 99`);
  await line.press('Enter');
  await expect(desk.locator('.notice-warning').last()).toContainText('没有第 99 位');
  await expect(desk.locator('.part')).toHaveCount(0);
  await line.fill(`d ${shortOf(number)} 1`);
  const first = (await desk.locator('.candidate').first().getAttribute('data-force')) ?? '';
  await line.press('Enter');
  await expect(desk.locator(`.part[data-subject="${first}"]`)).toBeVisible();
});

test('on a slow link the command line completes two dispatches typed one after the other: both go', async ({
  browser,
}) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const number = await takeCall(desk, '渔船失去动力', '沈家门街道');
  await expect(desk.locator('.candidate').nth(1)).toBeVisible();
  const forces = await desk
    .locator('.candidate')
    .evaluateAll((all) => all.slice(0, 2).map((one) => one.getAttribute('data-force') ?? ''));
  const asked: string[] = [];
  const link = Promise.withResolvers<void>();
  await desk.route(/\/engagements$/, async (route) => {
    asked.push(route.request().postData() ?? '');
    await link.promise;
    await route.continue();
  });
  const line = desk.getByRole('combobox', { name: '命令与搜索' });
  for (const force of forces) {
    await line.fill(`d ${shortOf(number)} ${force}`);
    await line.press('Enter');
    await expect(line).toHaveValue('');
  }
  await expect.poll(() => asked.length).toBe(2);
  link.resolve();
  for (const force of forces) await expect(desk.locator(`.part[data-subject="${force}"]`)).toBeVisible();
});

test('what cannot be done says why; a support request left open is named before the matter is diverted, and what was opened can be opened', async ({
  browser,
}) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  await takeCall(desk, '路面塌陷', '昌国街道');
  const force = (await desk.locator('.candidate').first().getAttribute('data-force')) ?? '';
  await desk.locator('body').press('d');
  await expect(desk.locator(`.part[data-subject="${force}"]`)).toBeVisible();
  const head = desk.locator('.matter-head');
  await head.getByRole('button', { name: '更多' }).click();
  const resolve = head.locator('[data-step="resolve"]');
  await expect(resolve).toHaveAttribute('aria-disabled', 'true');
  await expect(resolve).toHaveAccessibleDescription(/还有力量投入/);
  await takeStep(desk, 'whistle', async (dialog) => {
    await dialog.locator('.units .chip').first().click();
    await dialog.locator('[data-fact="ask"] textarea').fill('请派人围挡');
  });
  const whistle = (await desk.locator('.links .link-button').textContent()) ?? '';
  await partStep(desk, force, 'withdraw');
  await expect(resolve).toHaveAttribute('aria-disabled', 'false');
  await takeStep(desk, 'divert', async (dialog) => {
    await expect(dialog.locator('.consequence')).toContainText(whistle);
    await expect(dialog.locator('.consequence')).toContainText('请派人围挡');
    await dialog.locator('textarea').fill('市政设施');
  });
  const opened = desk.locator('.notice', { hasText: '非警务事项' });
  await opened.getByRole('button', { name: '打开' }).click();
  await expect(desk.locator('.state-line')).toContainText('非警务事项');
  await takeStep(desk, 'route', async (dialog) => {
    await expect(dialog.locator('[data-fact="tier"]').getByRole('radio', { checked: true })).toHaveText('街道');
    await dialog.locator('.units .chip').first().click();
  });
  await expect(desk.locator('.state-line')).toContainText('待受理');
});

test('notices cover neither the lists nor the timeline, and Esc folds the legend before anything else', async ({
  browser,
}) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const number = await takeCall(desk, '渔网缠住螺旋桨', '昌国街道');
  await desk.locator('body').press('d');
  const notice = await desk.locator('.notice').last().boundingBox();
  const map = await desk.locator('.desk-map').boundingBox();
  expect(notice !== null && map !== null).toBe(true);
  if (notice === null || map === null) return;
  expect(notice.x).toBeGreaterThanOrEqual(map.x);
  expect(notice.x + notice.width).toBeLessThanOrEqual(map.x + map.width);
  expect(notice.y + notice.height).toBeLessThanOrEqual(map.y + map.height);
  await desk.getByRole('button', { name: '图例' }).click();
  await expect(desk.locator('.legend')).toBeVisible();
  await desk.keyboard.press('Escape');
  await expect(desk.locator('.legend')).toHaveCount(0);
  await expect(desk.locator(`section.matter[data-matter="${number}"]`)).toBeVisible();
});

test('an English desk names forces and places in English', async ({ browser }) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const number = await takeCall(desk, '两船相擦', '六横镇');
  await desk.locator('body').press('d');
  await expect(desk.locator('.part')).toHaveCount(1);
  await desk.getByRole('button', { name: 'Switch to English' }).click();
  await expect(desk.locator('.map-credit')).toContainText('Shore');
  await expect(queueRow(desk, number).locator('.queue-place')).toHaveText('Liuheng Town');
  await expect(queueRow(desk, number).locator('.queue-who')).toHaveText(/^[\x20-\x7E]+$/);
  await expect(desk.locator('.clock').filter({ hasText: 'Answer to the offer' })).toHaveText(/^[\x20-\x7E]+$/);
  await expect(desk.locator('[aria-label="segmented control"]')).toHaveCount(0);
});
