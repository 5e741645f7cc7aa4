import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, devices, type Page } from '@playwright/test';
import sharp from 'sharp';
import { type DemoServer, startServer } from './server.ts';

/** Takes the pictures of the documentation from a demonstration of its own: `node tools/screens/take.ts`. */

const SCREENS_DIR = path.join(import.meta.dirname, '../../docs/screens');
const LARGEST_BYTES = 250_000;
const DESK = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };
/** In the middle of Changguo, where the demonstration's first patrol stands. */
const AT = { longitude: 122.1052, latitude: 30.0263 };
/** The pictures wait for drills, and for forces to get there, this long at most. */
const STORY_MS = 240_000;
/** The map draws its labels and trails in this time. */
const DRAWN_MS = 2_500;

interface Look {
  readonly language: 'zh' | 'en';
  readonly theme: 'dark' | 'light';
  readonly phone: boolean;
}

const open = async (browser: Browser, server: DemoServer, look: Look): Promise<BrowserContext> => {
  const context = await browser.newContext({
    ...(look.phone ? devices['Pixel 7'] : {}),
    baseURL: server.url,
    viewport: look.phone ? PHONE : DESK,
    deviceScaleFactor: 1,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    geolocation: AT,
    permissions: ['geolocation'],
    storageState: {
      cookies: [],
      origins: [
        {
          origin: server.url,
          localStorage: [
            { name: 'qundao.language', value: look.language },
            { name: 'qundao.theme', value: look.theme },
          ],
        },
      ],
    },
  });
  context.setDefaultTimeout(STORY_MS);
  return context;
};

const enter = async (context: BrowserContext, face: 'desk' | 'field', account: string): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(`/${face}/`);
  await page
    .locator('.demo-account')
    .filter({ has: page.getByText(account, { exact: true }) })
    .click();
  await page.locator('.link-live').waitFor();
  return page;
};

/** Writes a picture with few colours; one that is too large even so is an error, not a surprise in the repository. */
const keep = async (page: Page, name: string): Promise<void> => {
  await page.waitForTimeout(DRAWN_MS);
  const small = await sharp(await page.screenshot())
    .png({ palette: true, colours: 128, effort: 10, compressionLevel: 9 })
    .toBuffer();
  if (small.length > LARGEST_BYTES) throw new Error(`${name}: ${small.length} bytes, at most ${LARGEST_BYTES}`);
  writeFileSync(path.join(SCREENS_DIR, `${name}.png`), small);
  console.log(`${name}.png  ${Math.round(small.length / 1000)} kB`);
};

const takeStart = async (browser: Browser, server: DemoServer): Promise<void> => {
  const context = await open(browser, server, { language: 'zh', theme: 'dark', phone: false });
  const page = await context.newPage();
  await page.goto('/');
  await page.locator('.demo-account').first().waitFor();
  await keep(page, 'start-zh');
  await context.close();
};

/** The desk in the middle of a night: drills in the queue, forces on their way to the one looked at. */
const takeDesk = async (browser: Browser, server: DemoServer, look: Look, name: string): Promise<void> => {
  const context = await open(browser, server, look);
  const desk = await enter(context, 'desk', 'dispatcher');
  await desk.locator('.queue-row').nth(2).waitFor();
  await desk
    .locator('.queue-row[data-urgency="1"]', { hasText: /PTU|\d/ })
    .first()
    .click();
  await desk.locator('.part').nth(1).waitFor();
  await desk.locator('.candidate').nth(1).waitFor();
  await desk.locator('.candidate-legs').nth(1).waitFor();
  await keep(desk, name);
  await context.close();
};

const takeIntake = async (browser: Browser, server: DemoServer): Promise<void> => {
  const context = await open(browser, server, { language: 'zh', theme: 'dark', phone: false });
  const desk = await enter(context, 'desk', 'dispatcher');
  await desk.locator('.queue-row').first().click();
  await desk.locator('.candidate').first().waitFor();
  await desk.locator('body').press('n');
  await desk.locator('form.intake textarea').first().fill('有人从防波堤滑进海里，还抓着缆绳，请快来。');
  await desk.locator('form.intake [data-fact="category"] .chip').first().click();
  await desk.locator('form.intake [data-fact="urgency"] .chip').first().click();
  await desk.locator('form.intake [data-fact="where"] input[type=search]').fill('沈家门');
  await desk.locator('form.intake .suggestions button').first().click();
  await desk.locator('form.intake .preview li').first().waitFor();
  await keep(desk, 'intake-zh');
  await context.close();
};

/** The desk sends the patrol to a fight some streets away, so that its phone has something to show. */
const sendPatrol = async (browser: Browser, server: DemoServer): Promise<void> => {
  const context = await open(browser, server, { language: 'zh', theme: 'dark', phone: false });
  const desk = await enter(context, 'desk', 'dispatcher');
  const pocket = await open(browser, server, { language: 'zh', theme: 'dark', phone: true });
  const field = await enter(pocket, 'field', 'patrol');
  const answer = await field.request.get('/api/session');
  const { units } = (await answer.json()) as { readonly units: readonly string[] };
  await desk.keyboard.press('n');
  await desk.locator('form.intake textarea').first().fill('两伙人在饭店门口推搡，有人倒地。');
  await desk.locator('form.intake [data-fact="category"] .chip').filter({ hasText: '打架' }).click();
  await desk.locator('form.intake [data-fact="urgency"] .chip').nth(1).click();
  const search = desk.locator('form.intake [data-fact="where"] input[type=search]');
  await search.fill('城东');
  await desk.locator('form.intake .suggestions button').first().click();
  await search.press('Control+Enter');
  await desk.locator(`.candidate[data-force="${units[0] ?? ''}"] > .button`).click();
  await field.locator('.verb[data-step="go"]').waitFor();
  await keep(field, 'field-zh');
  await pocket.close();
  await context.close();
};

const takeFieldEnglish = async (browser: Browser, server: DemoServer): Promise<void> => {
  const context = await open(browser, server, { language: 'en', theme: 'light', phone: true });
  const field = await enter(context, 'field', 'patrol');
  await field.locator('.verb[data-step="go"]').click();
  await field.locator('.verb[data-step="arrive"]').waitFor();
  await keep(field, 'field-en');
  await context.close();
};

/** A citizen reports; the Chinese picture is the receipt, the English one the first question. */
const takePublic = async (browser: Browser, server: DemoServer): Promise<void> => {
  const english = await open(browser, server, { language: 'en', theme: 'dark', phone: true });
  const asked = await english.newPage();
  await asked.goto('/public/');
  await asked.locator('textarea').fill('A wall of our yard was hit by a cart; nobody is hurt.');
  await keep(asked, 'public-en');
  await english.close();
  const context = await open(browser, server, { language: 'zh', theme: 'light', phone: true });
  const page = await context.newPage();
  await page.goto('/public/');
  await page.locator('textarea').fill('小区围墙被三轮车撞坏了，没有人受伤。');
  await page.locator('.large-go').click();
  await page.locator('.question .large').first().click();
  await page.getByTestId('position').waitFor();
  await page.locator('.large-go').click();
  await page.locator('input[type=tel]').waitFor();
  await page.locator('.large-go').click();
  await page.getByTestId('number').waitFor();
  await hideAddress(page);
  await keep(page, 'public-zh');
  await context.close();
};

/** The port is another one each time and says nothing to a reader. */
const hideAddress = async (page: Page): Promise<void> => {
  await page.addStyleTag({ content: '.ticket-link { display: none }' });
};

const takeAll = async (browser: Browser, server: DemoServer): Promise<void> => {
  await takeStart(browser, server);
  await takePublic(browser, server);
  await sendPatrol(browser, server);
  await takeFieldEnglish(browser, server);
  await takeDesk(browser, server, { language: 'zh', theme: 'dark', phone: false }, 'desk-dark-zh');
  await takeDesk(browser, server, { language: 'en', theme: 'light', phone: false }, 'desk-light-en');
  await takeIntake(browser, server);
};

mkdirSync(SCREENS_DIR, { recursive: true });
const server = await startServer({ drills: true });
try {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    await takeAll(browser, server);
  } finally {
    await browser.close();
  }
} finally {
  await server.stop();
}
