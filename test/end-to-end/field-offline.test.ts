import { expect, test } from '@playwright/test';
import { closeAll, desktop, partStep, phone, signIn, takeCall, unitsOf } from './hands.ts';
import { type DemoServer, startServer } from '../../tools/screens/server.ts';

let server: DemoServer;
test.beforeAll(async () => {
  server = await startServer({ drills: false });
});
test.afterEach(({ browser }) => closeAll(browser));
test.afterAll(async () => server.stop());

test('without a link the phone goes on, keeps what was done in order, and sends it once when the link is back', async ({
  browser,
}) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const pocket = await phone(browser, server.url);
  const field = await signIn(pocket, 'field', '轻型 PTU');
  const [unit = ''] = await unitsOf(field);
  const number = await takeCall(desk, '街上有人打架', '昌国街道');
  await desk.locator(`.candidate[data-force="${unit}"] > .button`).click();
  await expect(field.locator('.verb[data-step="go"]')).toBeVisible();

  await pocket.setOffline(true);
  await field.locator('.verb[data-step="go"]').click();
  await field.locator('.verb[data-step="arrive"]').click();
  await expect(field.locator('.verb[data-step="clear"]')).toBeVisible();
  await expect(field.locator('.pending')).toContainText('待发 2');
  await expect(desk.locator(`.part[data-subject="${unit}"]`)).toContainText('待接受');

  await pocket.setOffline(false);
  await expect(desk.locator(`.part[data-subject="${unit}"]`)).toContainText('到场', { timeout: 20_000 });
  await expect(field.locator('.pending')).toHaveCount(0, { timeout: 20_000 });
  const response = await desk.request.get(`/api/matters/${number}/events`);
  const { events } = (await response.json()) as {
    readonly events: readonly { readonly actor: string; readonly words: { readonly zh: string } }[];
  };
  const mine = events.filter((event) => event.words.zh.includes('出发') || event.words.zh.includes('到场'));
  expect(mine.length).toBe(2);
  await field.locator('.verb[data-step="clear"]').click();
  await expect(field.locator('.quiet')).toBeVisible({ timeout: 20_000 });
});

test('what the server refuses is shown with its reason and stays until it was read', async ({ browser }) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const pocket = await phone(browser, server.url);
  const field = await signIn(pocket, 'field', '轻型 PTU');
  const [unit = ''] = await unitsOf(field);
  await takeCall(desk, '街上有人争吵', '昌国街道');
  const candidate = desk.locator(`.candidate[data-force="${unit}"] > .button`);
  await expect(candidate).toBeVisible();
  await candidate.click();
  await expect(field.locator('.verb[data-step="go"]')).toBeVisible();

  await pocket.setOffline(true);
  await field.locator('.verb[data-step="go"]').click();
  await partStep(desk, unit, 'withdraw');
  await expect(desk.locator(`.part[data-subject="${unit}"]`)).toContainText('已撤回');

  await pocket.setOffline(false);
  await expect(field.locator('.pending-refused')).toContainText('未被接受 1', { timeout: 20_000 });
  await field.locator('.pending-refused').click();
  await expect(field.locator('.pending-list .refusal')).toBeVisible();
  await field.getByRole('button', { name: '知道了' }).click();
  await expect(field.locator('.pending-list li')).toHaveCount(0);
});

test('a slip of the thumb on the last verb is taken back before it is sent, and the note waits for words', async ({
  browser,
}) => {
  const desk = await signIn(await desktop(browser, server.url), 'desk', '接警调度员');
  const field = await signIn(await phone(browser, server.url), 'field', '轻型 PTU');
  const [unit = ''] = await unitsOf(field);
  await takeCall(desk, '码头有人争执', '昌国街道');
  await desk.locator(`.candidate[data-force="${unit}"] > .button`).click();
  await field.locator('.verb[data-step="go"]').click();
  await field.locator('.verb[data-step="arrive"]').click();
  await field.getByRole('button', { name: '记一笔' }).click();
  await expect(field.locator('dialog[open] textarea')).toBeFocused();
  await field.getByRole('button', { name: '取消' }).click();

  const steps: string[] = [];
  field.on('request', (request) => {
    const step = /\/steps\/(\w+)$/.exec(request.url())?.[1];
    if (step !== undefined) steps.push(step);
  });
  const mine = desk.locator(`.part[data-subject="${unit}"]`);
  await field.locator('.verb[data-step="clear"]').click();
  await expect(field.locator('.take-back')).toContainText('秒后发出');
  await field.locator('[data-undo="clear"]').click();
  await expect(field.locator('.verb[data-step="clear"]')).toBeVisible();
  await expect(mine).toContainText('到场');
  expect(steps).toEqual([]);
  await field.locator('.verb[data-step="clear"]').click();
  await expect(field.locator('[data-undo="clear"]')).toBeVisible();
  // A tap in the moment between the step's going and the button's.
  await field.locator('[data-undo="clear"]').evaluate((button: HTMLElement) => {
    const now = Date.now;
    Date.now = () => now() + 5_000;
    button.click();
    Date.now = now;
  });
  await expect(field.locator('.too-late')).toContainText('撤不回来了');
  await expect(mine).toContainText('已撤离');
  await expect(field.locator('.quiet')).toBeVisible();
  expect(steps).toEqual(['clear']);
  await field.locator('.too-late').getByRole('button', { name: '知道了' }).click();
  await expect(field.locator('.too-late')).toHaveCount(0);
});

test('position is shared only on duty, and visibly', async ({ browser }) => {
  const field = await signIn(await phone(browser, server.url), 'field', '志愿队');
  await expect(field.locator('.sharing-sharing')).toContainText('正在共享位置');
  await field.getByRole('button', { name: '下勤' }).click();
  await field.locator('dialog[open]').getByRole('button', { name: '下勤' }).click();
  await expect(field.locator('.sharing')).toContainText('没有共享位置');
  await expect(field.locator('.quiet')).toContainText('你已下勤');
  await field.getByRole('button', { name: '上勤' }).click();
  await expect(field.locator('.sharing-sharing')).toBeVisible();
});
