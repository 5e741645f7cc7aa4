import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test';
import { type DemoServer, startServer } from '../../tools/screens/server.ts';
import { closeAll, desktop, queueRow, signIn, takeCall, takeStep } from './hands.ts';

let server: DemoServer;
test.beforeAll(async ({ browser }) => {
  // The ways of the waters are found when they are first asked for, and a loaded machine takes its time over them.
  test.setTimeout(MINUTES_MS);
  server = await startServer({ drills: false });
  await askOnce(await desktop(browser, server.url));
});
test.beforeEach(() => test.setTimeout(MINUTES_MS));
test.afterEach(({ browser }) => closeAll(browser));
test.afterAll(async () => server.stop());

const MINUTES_MS = 240_000;
const COUNTED_MS = 90_000;

/** From Shenjiamen to Putuoshan by whatever floats. */
const askOnce = async (context: BrowserContext): Promise<void> => {
  const desk = await signIn(context, 'desk', '接警调度员');
  const { csrf } = (await (await desk.request.get('/api/session')).json()) as { readonly csrf: string };
  for (const profile of ['car', 'patrol-boat', 'landing-craft'])
    await desk.request.post('/api/travel/route', {
      headers: { 'x-csrf-token': csrf },
      data: { profile, from: [122.3, 29.94], to: [122.38, 29.99] },
      timeout: COUNTED_MS,
    });
  await context.close();
};

/** Half of what the pane covers: what the map goes to stands that much right of its middle. */
const BESIDE_PX = 150;
const BRIDGE = 'bridge-zhujiajian';
const BRIDGE_NAME = '朱家尖海峡大桥';

/** What the map was brought to, in page coordinates. */
const middleOf = async (desk: Page): Promise<{ readonly x: number; readonly y: number }> => {
  const box = await desk.locator('.desk-map').boundingBox();
  if (box === null) throw new Error('there is no map');
  return { x: box.x + box.width / 2 + BESIDE_PX, y: box.y + box.height / 2 };
};

/** Finds it by name, so that the map goes there, and then clicks it on the map. */
const chooseOnMap = async (desk: Page, name: string): Promise<void> => {
  await desk.locator('body').press('c');
  await desk.getByRole('button', { name: '封闭一处' }).click();
  const search = desk.getByRole('searchbox', { name: '名称或编号' });
  await search.fill(name);
  await expect(desk.locator('.thing').first()).toContainText(name);
  await search.press('ArrowDown');
  const { x, y } = await middleOf(desk);
  // The map draws what it came to before anything can be found there.
  await expect(async () => {
    await desk.mouse.move(x - 4, y - 4);
    await desk.mouse.move(x, y);
    await expect(desk.locator('.map-aim')).toContainText(name, { timeout: 1000 });
  }).toPass();
  await desk.mouse.click(x, y);
};

const closeIt = async (desk: Page): Promise<void> => {
  const form = desk.locator('.closing-form');
  await form.getByRole('radio', { name: '2 小时' }).click();
  await form.getByRole('radio', { name: '大风大浪大雾' }).click();
  await desk.keyboard.press('Control+Enter');
  await expect(form).toHaveCount(0);
};

const candidate = (desk: Page, name: string): Locator => desk.locator('.candidate', { hasText: name });

test('a bridge closed on the map is drawn and listed, who came over it waits or goes another way, and opened again it is as before', async ({
  browser,
}) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const number = await takeCall(desk, '沙滩上有人晕倒', '朱家尖街道');
  const over = candidate(desk, '沈家门派出所处警车');
  await expect(over).toBeVisible({ timeout: COUNTED_MS });
  const before = (await over.locator('.candidate-time').textContent()) ?? '';
  await over.locator('.candidate-body').click();
  await expect(desk.locator('.journey-leg[data-mode=car]')).toContainText(BRIDGE_NAME);

  await chooseOnMap(desk, BRIDGE_NAME);
  await expect(desk.locator('.thing-head')).toHaveAttribute('data-thing', BRIDGE);
  await closeIt(desk);
  const listed = desk.locator('.closure');
  await expect(listed).toContainText(BRIDGE_NAME);
  await expect(listed).toContainText('还剩 2 小时');
  const closure = (await listed.getAttribute('data-matter')) ?? '';
  await expect(queueRow(desk, closure)).toContainText('大风大浪大雾');
  await expect
    .poll(async () => ((await over.count()) === 0 ? 'left out' : await over.locator('.candidate-time').textContent()), {
      timeout: COUNTED_MS,
    })
    .not.toBe(before);
  // It waits for the bridge, and says so, or goes over the water.
  await expect(desk.locator('.journey-wait', { hasText: `${BRIDGE_NAME}已关闭` })).toBeVisible();
  await expect(desk.locator('.journey-choice', { hasText: '渡' })).toBeVisible();

  await listed.click();
  await expect(desk.locator('section.matter')).toHaveAttribute('data-matter', closure);
  await desk.locator('.matter-body').click();
  await desk.keyboard.press('Escape');
  await desk.keyboard.press('Escape');
  await expect(desk.locator('section.matter[data-matter]')).toHaveCount(0);
  const { x, y } = await middleOf(desk);
  await desk.mouse.click(x, y);
  await expect(desk.locator('section.matter')).toHaveAttribute('data-matter', closure);
  await expect(desk.getByTestId('state')).toHaveText('封闭中');
  await expect(desk.locator('.candidates')).toHaveCount(0);
  await takeStep(desk, 'reopen', () => Promise.resolve());
  await expect(desk.getByTestId('state')).toHaveText('已恢复');
  await desk.locator('body').press('c');
  await expect(desk.locator('.travel-pane')).toContainText('目前没有封闭的');
  await queueRow(desk, number).click();
  await expect(over.locator('.candidate-time')).toHaveText(before, { timeout: COUNTED_MS });
});

test('by keyboard: close and open in the command line, and undo in the notice', async ({ browser }) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const line = desk.getByRole('combobox', { name: '命令与搜索' });
  await line.fill('close 大桥');
  await expect(desk.locator('.command [role=option]').nth(1)).toBeVisible();
  await line.press('Enter');
  await expect(desk.locator('.notice-warning')).toContainText('不止一个');
  await line.fill(`close ${BRIDGE}`);
  await line.press('Enter');
  await closeIt(desk);
  await expect(desk.locator('.closure')).toHaveCount(1);
  await line.fill(`open ${BRIDGE_NAME}`);
  await expect(desk.locator('.command [role=option]')).toHaveCount(1);
  await line.press('Enter');
  await expect(desk.locator('.notice', { hasText: '已恢复通行' })).toBeVisible();
  await expect(desk.locator('.closure')).toHaveCount(0);
  await line.fill('close pier-zhujiajian');
  await expect(desk.locator('.command [role=option]').first()).toContainText('蜈蚣峙');
  await line.press('Enter');
  await closeIt(desk);
  await expect(desk.locator('.closure')).toContainText('蜈蚣峙');
  await desk.locator('.notice', { hasText: '蜈蚣峙' }).getByRole('button', { name: '撤销' }).click();
  await expect(desk.locator('.closure')).toHaveCount(0);
});

test('what a force reaches is drawn in bands, counted again when something is closed, and cleared by Esc', async ({
  browser,
}) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const asked: unknown[] = [];
  desk.on('request', (request) => {
    if (request.url().endsWith('/api/travel/isochrone')) asked.push(request.postDataJSON());
  });
  const line = desk.getByRole('combobox', { name: '命令与搜索' });
  await line.fill('reach 昌国03 10');
  await line.press('Enter');
  const bands = desk.locator('.bands li');
  await expect(bands).toHaveCount(1, { timeout: COUNTED_MS });
  await expect(bands.first()).toHaveAttribute('data-limit', '600');
  await desk.locator('.travel-pane').getByRole('button', { name: '20', exact: true }).click();
  await expect(bands).toHaveCount(2, { timeout: COUNTED_MS });
  const before = asked.length;
  await line.fill(`close ${BRIDGE}`);
  await line.press('Enter');
  await closeIt(desk);
  await expect.poll(() => asked.length, { timeout: COUNTED_MS }).toBeGreaterThan(before);
  await desk.locator('.notice', { hasText: BRIDGE_NAME }).getByRole('button', { name: '撤销' }).click();
  await desk.locator('body').press('r');
  await expect(bands).toHaveCount(2);
  await desk.locator('body').press('Escape');
  await expect(bands).toHaveCount(0);
  await expect(desk.locator('.travel-pane')).toBeVisible();
  await desk.locator('body').press('Escape');
  await expect(desk.locator('.travel-pane')).toHaveCount(0);
});

test('the weather of a sea area is told and read with its age; who may not tell it only reads it', async ({
  browser,
}) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  await desk.locator('body').press('w');
  const south = desk.locator('.weather[data-area=south]');
  await expect(south).toContainText('还没有报过');
  await south.getByRole('button', { name: '报天气' }).click();
  await desk.locator('input[name=wind_ms]').fill('14.5');
  await desk.locator('input[name=wave_m]').fill('2.5');
  await desk.keyboard.press('Control+Enter');
  await expect(south).toContainText('14.5 m/s · 7 级');
  await expect(south).toContainText('2.5 m');
  await expect(south).toContainText(/观测，.*前/);
  const reader = await signIn(await desktop(browser, server.url), 'desk', '审计员');
  await reader.locator('body').press('w');
  await expect(reader.locator('.weather[data-area=south]')).toContainText('14.5 m/s');
  await expect(reader.locator('.travel-pane').getByRole('button', { name: '报天气' })).toHaveCount(0);
  await reader.locator('body').press('c');
  await expect(reader.getByRole('button', { name: '封闭一处' })).toHaveCount(0);
});

test('a closure goes by keys alone: C twice, a name, why; letters stay in the form', async ({ browser }) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  await takeCall(desk, '有人在码头滑倒', '沈家门街道');
  await expect(desk.locator('.candidate').first()).toBeVisible({ timeout: COUNTED_MS });
  await desk.locator('body').press('c');
  await expect(desk.getByRole('button', { name: '封闭一处' })).toBeVisible();
  await desk.keyboard.press('c');
  await desk.keyboard.type(BRIDGE);
  await expect(desk.locator('.thing').first()).toContainText(BRIDGE_NAME);
  await desk.keyboard.press('Enter');
  const form = desk.locator('.closing-form');
  await expect(form.getByRole('radio', { name: '直到恢复' })).toBeFocused();
  // At the desk D sends a force and C begins anew.
  await desk.keyboard.press('d');
  await desk.keyboard.press('c');
  await expect(desk.locator('.part')).toHaveCount(0);
  await desk.keyboard.press('Home');
  await desk.keyboard.press('Tab');
  await desk.keyboard.press('Space');
  await desk.keyboard.press('Control+Enter');
  await expect(desk.locator('.closure')).toContainText('还剩 1 小时');
  await desk.locator('.notice', { hasText: BRIDGE_NAME }).getByRole('button', { name: '撤销' }).click();
  await expect(desk.locator('.closure')).toHaveCount(0);
});

test('the way that was opened is in view; when its force falls out, it is said why, and D sends nobody in its place', async ({
  browser,
}) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  await takeCall(desk, '香客在台阶上摔倒', '普陀山镇');
  const over = candidate(desk, '沈家门派出所处警车');
  await over.locator('.candidate-body').click({ timeout: COUNTED_MS });
  await expect(desk.locator('.journey-leg').first()).toBeInViewport({ timeout: COUNTED_MS });
  await desk.locator('body').press('w');
  await desk.locator('.weather[data-area=south]').getByRole('button', { name: '报天气' }).click();
  await desk.locator('input[name=wave_m]').fill('6');
  await desk.keyboard.press('Control+Enter');
  const fallen = desk.locator('.chosen-out');
  await expect(fallen).toContainText('沈家门派出所处警车', { timeout: COUNTED_MS });
  await expect(fallen).toContainText('到不了');
  await expect(desk.locator('.candidate .keycap')).toHaveCount(0);
  await desk.locator('body').press('d');
  await desk.getByRole('button', { name: /未列入/ }).click();
  await expect(desk.locator('.excluded-group', { hasText: '浪高6' }).first()).toContainText('沈家门派出所处警车');
  await expect(desk.locator('.part')).toHaveCount(0);
  await fallen.getByRole('button', { name: '不再选中' }).click();
  await expect(desk.locator('.candidate .keycap').first()).toHaveText('D');
});
