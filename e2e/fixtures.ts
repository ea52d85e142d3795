/** What every spec stands on: signing in as somebody, and a page that must stay free of errors. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

export type Who = 'analyst' | 'approver A' | 'approver B' | 'admin' | 'auditor' | 'viewer';

interface Fixtures {
  /** A page of its own, signed in; console errors and failed scripts fail the test. */
  signIn: (who: Who) => Promise<Page>;
  /** Errors in the console that a spec brings about itself, as by cutting a connection. */
  expectErrors: RegExp[];
}

const deskUrl = () => process.env.WEIR_E2E_URL ?? '';

/** The demo's e-mail and password of somebody. */
export function credentials(who: Who): { email: string; password: string } {
  const file = path.join(process.env.WEIR_STATE ?? '', 'demo.json');
  const demo = JSON.parse(readFileSync(file, 'utf8')) as {
    signIns: { name: string; email: string; password: string }[];
  };
  const found = demo.signIns.find((person) => person.name === `Demo ${who}`);
  if (!found) throw new Error(`the demo has no ${who}`);
  return found;
}

/** Fills in the sign-in form. */
export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/**
 * No serious or critical violation in either theme; the one that the browser is in comes first. Of the other only the
 * contrast is looked at: nothing else differs.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const { pathname } = new URL(page.url());
  const themes: ('light' | 'dark')[] = ['light', 'dark'];
  if ((await page.locator('html').getAttribute('data-theme')) === 'dark') themes.reverse();
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await expect
      .soft(page.locator('html'), pathname)
      .toHaveAttribute('data-theme', colorScheme, { timeout: 5_000 });
    // Halfway from one theme to the other a colour is neither.
    await page.evaluate(async () => {
      const fading = document
        .getAnimations()
        .filter((each) => each instanceof CSSTransition && /color/.test(each.transitionProperty));
      await Promise.allSettled(fading.map((each) => each.finished));
    });
    const axe = new AxeBuilder({ page });
    if (colorScheme === themes[0]) axe.withTags(['wcag2a', 'wcag2aa', 'wcag22aa']);
    else axe.withRules(['color-contrast']);
    const { violations } = await axe.analyze();
    const serious = violations.filter((each) => each.impact === 'serious' || each.impact === 'critical');
    expect
      .soft(serious.map((each) => `${pathname} ${colorScheme} ${each.id}: ${each.nodes[0]?.target}`))
      .toEqual([]);
  }
}

/** Presses Tab until what is reached bears the name. @throws Error when a whole round has not come to it */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let n = 0; n < 150; n++) {
    const reached = await page.evaluate(() => {
      const at = document.activeElement;
      if (!(at instanceof HTMLElement) || at === document.body) return '';
      const labels = 'labels' in at ? [...((at.labels as NodeListOf<HTMLElement> | null) ?? [])] : [];
      return (
        at.getAttribute('aria-label') ?? (labels.map((label) => label.innerText).join(' ') || at.innerText)
      );
    });
    if (name.test(reached.trim())) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${name}`);
}

/** Out of the field one typed in, by keyboard: single keys are the page's again. */
export async function leaveField(page: Page): Promise<void> {
  await page.keyboard.press('Tab');
}

export const test = base.extend<Fixtures>({
  baseURL: async ({ browserName: _ }, use) => use(deskUrl()),
  expectErrors: async ({ browserName: _ }, use) => use([]),
  signIn: async ({ browser, expectErrors }, use) => {
    const errors: string[] = [];
    const contexts: { close: () => Promise<void> }[] = [];
    await use(async (who) => {
      const context = await browser.newContext({ baseURL: deskUrl() });
      contexts.push(context);
      const page = await context.newPage();
      page.on('console', (message) => {
        // The browser calls a page that answers 404 a failed resource; the spec that opened it looks at the status.
        const isOwnAnswer = message.text().includes('status of 404') && message.location().url === page.url();
        const isExpected = expectErrors.some((pattern) => pattern.test(message.text()));
        if (message.type() === 'error' && !isOwnAnswer && !isExpected)
          errors.push(`${who}: ${message.text()} (${message.location().url})`);
      });
      page.on('pageerror', (error) => errors.push(`${who}: ${error.message}`));
      const { email, password } = credentials(who);
      await page.goto('/login');
      await fillSignIn(page, email, password);
      await expect(page).not.toHaveURL(/\/login/);
      return page;
    });
    for (const context of contexts) await context.close();
    expect(errors, 'errors in the browser console').toEqual([]);
  },
});

export { expect };
