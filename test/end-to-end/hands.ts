import { type Browser, type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

/** What a person at a screen does, in the words of the tests. */

const PHONE = { width: 390, height: 844 };
/** On land in the middle of Changguo, where the demonstration's first patrol stands. */
export const CHANGGUO = { longitude: 122.1052, latitude: 30.0263 };

export const phone = (browser: Browser, baseURL: string): Promise<BrowserContext> =>
  browser.newContext({
    baseURL,
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
    geolocation: CHANGGUO,
    permissions: ['geolocation'],
    locale: 'zh-CN',
  });

export const desktop = (browser: Browser, baseURL: string): Promise<BrowserContext> =>
  browser.newContext({ baseURL, locale: 'zh-CN' });

/** Ends every window of a test, so that the next one finds a quiet machine. */
export const closeAll = async (browser: Browser): Promise<void> => {
  await Promise.all(browser.contexts().map((context) => context.close()));
};

/** Opens a face and signs in with a demonstration account, by its button. */
export const signIn = async (context: BrowserContext, face: 'desk' | 'field', account: string): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(`/${face}/`);
  await page.locator('.demo-account', { hasText: account }).click();
  await expect(page.locator('.link-live')).toBeVisible();
  return page;
};

/** The units an account acts for, asked of the server as the page does. */
export const unitsOf = async (page: Page): Promise<readonly string[]> => {
  const response = await page.request.get('/api/session');
  const { units } = (await response.json()) as { readonly units: readonly string[] };
  return units;
};

/** Takes a call at the desk by keyboard; answers the number it was filed under. */
export const takeCall = async (desk: Page, words: string, place: string): Promise<string> => {
  await desk.keyboard.press('n');
  await expect(desk.locator('form.intake')).toBeVisible();
  await desk.keyboard.type(words);
  const search = desk.locator('form.intake [data-fact="where"] input[type=search]');
  await search.fill(place);
  await desk.locator('form.intake .suggestions button').first().click();
  await expect(desk.locator('form.intake .preview')).toBeVisible();
  await search.press('Control+Enter');
  await expect(desk.locator('section.matter[data-matter]')).toContainText(words);
  return (await desk.locator('section.matter').getAttribute('data-matter')) ?? '';
};

export const queueRow = (desk: Page, number: string): Locator => desk.locator(`.queue-row[data-matter="${number}"]`);
export const stateOf = (page: Page): Locator => page.getByTestId('state');

/** Takes a step of a force's part in the open matter, confirming its dialog. */
export const partStep = async (desk: Page, unit: string, step: string): Promise<void> => {
  const part = desk.locator(`.part[data-subject="${unit}"]`);
  const more = part.getByRole('button', { name: '更多' });
  const button = part.locator(`[data-step="${step}"]`);
  await expect(button.or(more).first()).toBeVisible();
  if (!(await button.isVisible())) await more.click();
  await button.click();
  await desk.locator('dialog[open] button[type=submit]').click();
};

/** Takes a step of the open matter that asks for facts; `fill` fills the dialog. */
export const takeStep = async (page: Page, step: string, fill: (dialog: Locator) => Promise<void>): Promise<void> => {
  const more = page.locator('.matter-head .steps').getByRole('button', { name: '更多' });
  const button = page.locator(`.matter-head [data-step="${step}"]`);
  await expect(button.or(more).first()).toBeVisible();
  if (!(await button.isVisible())) await more.click();
  await button.click();
  const dialog = page.locator('dialog[open]');
  await fill(dialog);
  await dialog.locator('button[type=submit]').click();
  await expect(dialog).toHaveCount(0);
};
