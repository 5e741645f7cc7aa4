import { expect, test } from '@playwright/test';
import { closeAll, desktop, phone, signIn, takeCall } from './hands.ts';
import { type DemoServer, startServer } from '../../tools/screens/server.ts';

let server: DemoServer;
test.beforeAll(async () => {
  server = await startServer({ drills: false });
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

test('a call whose answer was lost is filed once; edited before it is sent again, it is another call', async ({
  browser,
}) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const keys: string[] = [];
  await desk.route('**/api/matters', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    keys.push(route.request().headers()['idempotency-key'] ?? '');
    if (keys.length > 2) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await desk.keyboard.press('n');
  const story = desk.locator('form.intake textarea').first();
  await story.fill('渔船靠泊时有人夹伤手');
  for (const lost of [1, 2]) {
    await story.press('Control+Enter');
    await expect(desk.locator('form.intake .refusal')).toBeVisible();
    await expect.poll(() => keys.length).toBe(lost);
  }
  await story.fill('渔船靠泊时有人夹伤手，血流不止');
  await story.press('Control+Enter');
  await expect(desk.locator('section.matter[data-matter]')).toContainText('血流不止');
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
  await expect(desk.locator('.queue-row', { hasText: '夹伤手' })).toHaveCount(2);
});

test('nobody is offered what is not theirs to do, and an administrator erases by number', async ({ browser }) => {
  const citizen = await browser.newContext({ baseURL: server.url });
  const answer = await citizen.request.post('/api/public/reports', {
    data: { facts: { narrative: '路灯坏了', caller_phone: '13800000000' } },
  });
  const { number } = (await answer.json()) as { readonly number: string };
  const auditor = await signIn(await desktop(browser, server.url), 'desk', '审计员');
  await expect(auditor.locator('.queue-row').first()).toBeVisible();
  await expect(auditor.locator('.queue .pane-head button')).toHaveCount(0);
  const admin = await signIn(await desktop(browser, server.url), 'desk', '管理员');
  await expect(admin.locator('.queue')).toContainText('这个账号不看事件');
  await expect(admin.locator('.queue .pane-head button')).toHaveCount(0);
  await admin.locator('.me').click();
  await admin.getByText('销毁个人信息…').click();
  const dialog = admin.locator('dialog[open]');
  await expect(dialog.locator('.consequence')).toContainText('不能撤销');
  await dialog.getByLabel('编号').fill(number);
  await dialog.getByLabel('依据').fill('本人要求删除');
  await dialog.getByRole('button', { name: '永久销毁' }).click();
  await expect(dialog).toContainText(number);
  await auditor.locator(`.queue-row[data-matter="${number}"]`).click();
  await expect(auditor.locator('.facts')).toContainText('个人信息已按规定销毁');
});

for (const [width, height] of [
  [1366, 768],
  [1920, 1080],
] as const) {
  test(`the desk fits ${width} × ${height} in both languages`, async ({ browser }) => {
    // Without a graphics card a frame of the map of this size may take a second, and a click waits for some.
    test.slow();
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
