import { expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { closeAll, desktop, partStep, phone, queueRow, signIn, stateOf, takeStep, unitsOf } from './hands.ts';
import { type DemoServer, startServer } from '../../tools/screens/server.ts';

let server: DemoServer;
test.beforeAll(async () => {
  server = await startServer({ drills: false });
});
test.afterEach(({ browser }) => closeAll(browser));
test.afterAll(async () => server.stop());

const STORY = '电动车被人砸坏了，人还在现场';

const choosePhoto = async (citizen: Page, name: string, background: string): Promise<void> => {
  const buffer = await sharp({ create: { width: 320, height: 240, channels: 3, background } })
    .jpeg()
    .toBuffer();
  await citizen.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/jpeg', buffer });
};

const reportWithPhoto = async (citizen: Page): Promise<string> => {
  await citizen.goto('/public/');
  await citizen.locator('textarea').fill(STORY);
  await choosePhoto(citizen, 'scene.jpg', '#7a4a2a');
  await expect(citizen.locator('.file img')).toBeVisible();
  await citizen.getByRole('button', { name: '下一步' }).click();
  await citizen.getByRole('button', { name: '用我现在的位置' }).click();
  await expect(citizen.getByTestId('position')).toBeVisible();
  await citizen.getByRole('button', { name: '下一步' }).click();
  await citizen.locator('input[type=tel]').fill('13800000000');
  await citizen.getByRole('button', { name: '报给我们' }).click();
  return (await citizen.getByTestId('number').textContent())?.trim() ?? '';
};

test('a citizen reports, the desk sends, the patrol goes, and the citizen hears the end', async ({ browser }) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const field = await signIn(await phone(browser, server.url), 'field', '轻型 PTU');
  const citizen = await (await phone(browser, server.url)).newPage();
  const [unit = ''] = await unitsOf(field);

  const number = await reportWithPhoto(citizen);
  await expect(queueRow(desk, number)).toContainText(STORY);
  await queueRow(desk, number).click();
  await expect(desk.locator('[data-fact="photos"] img')).toBeVisible();
  await expect(desk.locator('[data-fact="caller_phone"]')).toContainText('已封存');

  // The first question of a new place makes its ways by sea, which are kept from then on.
  await expect(desk.locator('.candidate').first()).toBeVisible({ timeout: 30_000 });
  await desk.locator('body').press('d');
  await expect(desk.locator('.parts .part')).toHaveCount(1);
  const best = await desk.locator('.parts .part').getAttribute('data-subject');
  if (best !== unit) {
    await desk.locator(`.candidate[data-force="${unit}"] .button`).click();
    await expect(desk.locator(`.part[data-subject="${unit}"]`)).toContainText('待接受');
  }

  await field.locator('.verb[data-step="go"]').click();
  await expect(desk.locator(`.part[data-subject="${unit}"]`)).toContainText('途中');
  await citizen.getByRole('button', { name: '看进展' }).click();
  await expect(citizen.locator('.coming')).toContainText('正在赶来');
  await field.locator('.verb[data-step="arrive"]').click();
  await expect(stateOf(desk)).toHaveAttribute('data-state', 'on_scene');
  await expect(citizen.getByTestId('tells')).toHaveText('人员已到现场');
  await field.locator('.verb[data-step="clear"]').click();
  await expect(field.locator('.quiet')).toContainText('现在没有派给你的事');

  if (best !== unit && best !== null) await partStep(desk, best, 'withdraw');
  await takeStep(desk, 'resolve', async (dialog) => {
    await dialog.getByRole('radio', { name: '已处置' }).click();
    await dialog.locator('[data-fact="result"] textarea').fill('当事人已带离，双方约定赔偿');
  });
  await takeStep(desk, 'feed_back', (dialog) =>
    dialog.locator('[data-fact="feedback"] textarea').fill('已处理，赔偿已谈妥'),
  );
  await desk.locator('.matter-head [data-step="close"]').click();
  await expect(stateOf(desk)).toHaveAttribute('data-state', 'closed');
  await expect(queueRow(desk, number)).toHaveCount(0);

  await expect(citizen.getByTestId('tells')).toContainText('您反映的情况已处置', { timeout: 15_000 });
  await citizen.locator('[data-step="rate"]').click();
  await citizen.getByRole('radio', { name: /5$/ }).click();
  await citizen.locator('.public-step button[type=submit]').click();
  await expect(citizen.getByTestId('rated')).toContainText('5 星，共 5 星');
  await expect(citizen.getByTestId('told')).toContainText('已处理，赔偿已谈妥');
});

test('sealed facts are read only with a purpose, and the reading is on the record', async ({ browser }) => {
  const citizen = await (await phone(browser, server.url)).newPage();
  const number = await reportWithPhoto(citizen);
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  await queueRow(desk, number).click();
  await expect(desk.getByText('13800000000')).toHaveCount(0);
  await desk.getByRole('button', { name: '读取（需说明用途）' }).click();
  await desk.locator('dialog[open] input').fill('回拨核实位置');
  await desk.locator('dialog[open] button[type=submit]').click();
  await expect(desk.locator('[data-fact="caller_phone"]')).toContainText('13800000000');
  await expect(desk.locator('.timeline li').last()).toContainText('回拨核实位置');
});

test('the receipt stands in the fragment and opens the same report again', async ({ browser }) => {
  const citizen = await (await phone(browser, server.url)).newPage();
  const number = await reportWithPhoto(citizen);
  const link = (await citizen.locator('.ticket-link').textContent()) ?? '';
  expect(new URL(link).search).toBe('');
  expect(new URL(link).hash).toMatch(/^#r=.+/);
  const later = await (await phone(browser, server.url)).newPage();
  await later.goto(link);
  await expect(later.locator('.follow')).toContainText(number);
  await later.getByRole('button', { name: '你报的情况' }).click();
  await expect(later.locator('.reported')).toContainText(STORY);
  await expect(later.locator('.reported .file img')).toBeVisible();
});

test('before it is sent all of it is shown, and every line can be changed from there', async ({ browser }) => {
  const citizen = await (await phone(browser, server.url)).newPage();
  await citizen.setViewportSize({ width: 360, height: 640 });
  await citizen.goto('/public/');
  const next = citizen.locator('.question-foot button[type=submit]');
  await citizen.locator('textarea').fill(STORY);
  await next.click();
  const place = citizen.locator('input[data-fact="place"]');
  await expect(place).toBeInViewport({ ratio: 1 });
  await place.fill('菜场东门');
  const foot = await citizen.locator('.question-foot').boundingBox();
  const box = await place.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(foot?.y ?? 0);
  await next.click();
  await expect(citizen.locator('[data-check="narrative"]')).toContainText(STORY);
  await expect(citizen.locator('[data-check="photos"]')).toContainText('没有照片');
  await expect(citizen.locator('[data-check="place"]')).toContainText('菜场东门');
  await citizen.locator('[data-check="category"] button').click();
  await citizen.getByRole('radio', { name: '物品损坏' }).click();
  await next.click();
  await expect(citizen.locator('[data-check="category"]')).toContainText('物品损坏');
  await citizen.locator('[data-check="place"] button').click();
  await expect(place).toBeFocused();
  await place.fill('菜场西门');
  await next.click();
  await expect(citizen.locator('[data-check="place"]')).toContainText('菜场西门');
  await expect(citizen.locator('[data-check="narrative"]')).toContainText(STORY);
});

test('photos chosen while another is on its way all go with the report, and one that failed is told of', async ({
  browser,
}) => {
  const citizen = await (await phone(browser, server.url)).newPage();
  const slow = Promise.withResolvers<void>();
  let uploads = 0;
  await citizen.route('**/api/public/files', async (route) => {
    uploads += 1;
    if (uploads === 1) await slow.promise;
    if (uploads === 2) await route.abort();
    else await route.continue();
  });
  await citizen.goto('/public/');
  await citizen.locator('textarea').fill(STORY);
  const shown = citizen.locator('.file img');
  await choosePhoto(citizen, 'slow.jpg', '#7a4a2a');
  await expect.poll(() => uploads).toBe(1);
  await choosePhoto(citizen, 'failed.jpg', '#2a4a7a');
  await expect(citizen.locator('.refusal')).toBeVisible();
  await choosePhoto(citizen, 'quick.jpg', '#2a7a4a');
  await expect(shown).toHaveCount(1);
  slow.resolve();
  await expect(shown).toHaveCount(2);
  const next = citizen.locator('.question-foot button[type=submit]');
  await next.click();
  await citizen.locator('input[data-fact="place"]').fill('菜场东门');
  await next.click();
  const photos = citizen.locator('[data-check="photos"]');
  await expect(photos.locator('img')).toHaveCount(2);
  await expect(photos).toContainText('有 1 张照片没有传上去');
  await photos.getByRole('button').click();
  await choosePhoto(citizen, 'failed.jpg', '#2a4a7a');
  await expect(shown).toHaveCount(3);
  await next.click();
  await expect(photos.locator('img')).toHaveCount(3);
  await expect(photos).not.toContainText('没有传上去');
});

test('a report goes on without the map where it cannot be fetched', async ({ browser }) => {
  const citizen = await (await phone(browser, server.url)).newPage();
  await citizen.route(/map-view|pick-map/, (route) => route.abort());
  await citizen.goto('/public/');
  await citizen.locator('textarea').fill(STORY);
  await citizen.getByRole('button', { name: '下一步' }).click();
  await expect(citizen.locator('.pick-map')).toContainText('地图没能取到');
  await citizen.locator('input[data-fact="place"]').fill('菜场东门');
  await citizen.getByRole('button', { name: '下一步' }).click();
  await citizen.getByRole('button', { name: '报给我们' }).click();
  await expect(citizen.getByTestId('number')).toBeVisible();
});

test('a browser that refuses the position says how to go on without it', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: server.url, locale: 'zh-CN', permissions: [] });
  const citizen = await context.newPage();
  await citizen.goto('/public/');
  await citizen.locator('textarea').fill(STORY);
  await citizen.getByRole('button', { name: '下一步' }).click();
  await citizen.getByRole('button', { name: '用我现在的位置' }).click();
  await expect(citizen.locator('.refusal')).toContainText('浏览器没有允许定位');
  await citizen.locator('input[data-fact="place"]').fill('菜场东门');
  await citizen.getByRole('button', { name: '下一步' }).click();
  await expect(citizen.locator('[data-check="place"]')).toContainText('菜场东门');
});
