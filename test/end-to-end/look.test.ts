import { expect, test } from '@playwright/test';
import { closeAll, desktop, phone, signIn, takeCall } from './hands.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterEach(({ browser }) => closeAll(browser));
test.afterAll(async () => server.stop());

test('the front page explains itself and one click signs in to a face', async ({ browser }) => {
  const page = await (await desktop(browser, server.url)).newPage();
  await page.goto('/');
  await expect(page.locator('.start-face')).toHaveCount(3);
  await expect(page.locator('.drill')).toContainText('演练 DRILL');
  await page.locator('.demo-account', { hasText: '接警调度员' }).click();
  await expect(page).toHaveURL(/\/desk\/$/);
  await expect(page.locator('.desk')).toBeVisible();
});

test('language and colours switch at once and are remembered', async ({ browser }) => {
  const context = await desktop(browser, server.url);
  const desk = await signIn(context, 'desk', '接警调度员');
  await desk.getByRole('button', { name: 'Switch to English' }).click();
  await expect(desk.locator('.queue h2')).toHaveText('Queue');
  await expect(desk.locator('html')).toHaveAttribute('lang', 'en');
  const before = await desk.locator('html').getAttribute('data-theme');
  await desk.getByRole('button', { name: /Light colours|Dark colours/ }).click();
  await expect(desk.locator('html')).not.toHaveAttribute('data-theme', before ?? '');
  const chosen = (await desk.locator('html').getAttribute('data-theme')) ?? '';
  await desk.reload();
  await expect(desk.locator('.queue h2')).toHaveText('Queue');
  await expect(desk.locator('html')).toHaveAttribute('data-theme', chosen);
});

test('the whole call goes by keyboard: N, type, Ctrl+Enter, D, and / d <number> <sign>', async ({ browser }) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const number = await takeCall(desk, '有人在码头滑倒', '沈家门街道');
  await expect(desk.locator('.candidate').first()).toBeVisible();
  await desk.locator('body').press('d');
  await expect(desk.locator('.parts .part')).toHaveCount(1);
  const response = await desk.request.get('/api/forces');
  const { forces } = (await response.json()) as {
    readonly forces: readonly { readonly id: string; readonly call_sign: string }[];
  };
  const next = (await desk.locator('.candidate').nth(1).getAttribute('data-force')) ?? '';
  const sign = forces.find((force) => force.id === next)?.call_sign ?? '';
  await desk.locator('body').press('/');
  await desk.keyboard.type(`d ${Number(number.split('-').at(-1))} ${sign}`);
  await desk.keyboard.press('Enter');
  await expect(desk.locator(`.part[data-subject="${next}"]`)).toBeVisible();
  await desk.locator('body').press('Escape');
  await expect(desk.locator('section.matter[data-matter]')).toHaveCount(0);
  await desk.locator('body').press('?');
  await expect(desk.locator('dialog[open] .keys')).toBeVisible();
});

test('an intake folded away keeps what was typed, and a lost session asks in place', async ({ browser }) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  await desk.keyboard.press('n');
  await desk.keyboard.type('说到一半的来电');
  await desk.keyboard.press('Escape');
  await expect(desk.locator('form.intake')).toHaveCount(0);
  await desk.locator('body').press('n');
  await expect(desk.locator('form.intake textarea').first()).toHaveValue('说到一半的来电');
  await desk.context().clearCookies();
  await desk.locator('form.intake textarea').first().press('Control+Enter');
  const dialog = desk.locator('dialog[open]');
  await expect(dialog).toContainText('登录已过期');
  await dialog.locator('input[name=password]').fill('qundao-demo-2026');
  await dialog.locator('button[type=submit]').click();
  await expect(desk.locator('section.matter[data-matter]')).toContainText('说到一半的来电');
});

for (const [width, height] of [
  [1366, 768],
  [1920, 1080],
] as const) {
  test(`the desk fits ${width} × ${height} in both languages`, async ({ browser }) => {
    const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
    await desk.setViewportSize({ width, height });
    for (const name of ['Switch to English', '切换到中文']) {
      await desk.getByRole('button', { name }).click();
      await expect(desk.locator('.map[data-ready=true]')).toBeVisible();
      const over = await desk.evaluate(() => [
        document.documentElement.scrollWidth - innerWidth,
        document.documentElement.scrollHeight - innerHeight,
      ]);
      expect(over).toEqual([0, 0]);
    }
  });
}

test('large type for elders asks one thing a screen and fits the phone', async ({ browser }) => {
  const page = await (await phone(browser, server.url)).newPage();
  await page.goto('/public/');
  await page.getByRole('button', { name: '大字' }).click();
  await expect(page.locator('html')).toHaveCSS('font-size', '22px');
  await expect(page.locator('.question-sort')).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
