import { expect, type Page, test } from '@playwright/test';
import { makeAccounts, type Server, startServer, tempDir } from '../harness/server.ts';
import { closeAll, desktop } from './hands.ts';

let server: Server;
const data = tempDir();
test.beforeAll(async () => {
  server = await startServer({ data_dir: data.dir });
});
test.afterEach(({ browser }) => closeAll(browser));
test.afterAll(async () => {
  await server.stop();
  data.remove();
});

const setupHash = (): string => /#setup=\S+/.exec(server.output())?.[0] ?? '';
const token = (page: Page) => page.getByRole('textbox', { name: '一次性设置码' });

test('a set-up link shows its form: opened, or put into a page that stands open; then the administrator reads what comes next', async ({
  browser,
}) => {
  const context = await desktop(browser, server.url);
  const hash = setupHash();
  const code = hash.slice('#setup='.length);
  const front = await context.newPage();
  await front.goto('/');
  await expect(front.locator('.start-face')).toHaveCount(3);
  await front.goto(`/${hash}`);
  await expect(front).toHaveURL(/\/desk\/#setup=/);
  await expect(token(front)).toHaveValue(code);
  const desk = await context.newPage();
  await desk.goto('/desk/');
  await expect(token(desk)).toHaveValue('');
  await desk.goto(`/desk/${hash}`);
  await expect(token(desk)).toHaveValue(code);
  await desk.locator('input[type=password]').fill('harbour-lantern-42');
  await desk.getByRole('button', { name: '设立并登录' }).click();
  await expect(desk.locator('.first-steps')).toContainText('account create');
  await expect(desk.locator('.first-steps')).toContainText('import forces');
  expect(new URL(desk.url()).hash).toBe('');
  await makeAccounts(data.dir, [{ name: 'wang', roles: ['dispatcher'] }]);
  await expect(desk.locator('.first-steps .first-done')).toHaveCount(1);
  const late = await (await desktop(browser, server.url)).newPage();
  await late.goto(`/desk/${hash}`);
  await expect(late.locator('.login-card')).toContainText('不再有效');
});
