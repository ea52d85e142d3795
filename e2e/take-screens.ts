/**
 * `npm run screens`: the pictures in docs/screens, of each main screen in light and dark, from a desk with the demo's
 * data. WEIR_E2E_URL and WEIR_STATE name a desk that runs already.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { freePort } from '@/lib/database/embedded-postgres';
import { ROOT, removeStateFolder, startDesk } from './desk-process';
import { findBrowser } from './find-browser';
import { credentials, fillSignIn } from './fixtures';

const FOLDER = path.join(ROOT, 'docs/screens');
const SIZE = { width: 1440, height: 900 };

interface Screen {
  name: string;
  path: string;
  /** Brings what the picture is about into view. */
  show?: (page: Page) => Promise<void>;
}

const section = (id: string) => async (page: Page) => {
  await page.locator(`#${id}`).evaluate((element) => element.scrollIntoView());
  await page.evaluate(() => window.scrollBy(0, -48));
};

const SCREENS: Screen[] = [
  { name: 'overview', path: '/' },
  { name: 'queue', path: '/clusters' },
  { name: 'cluster', path: '/clusters/1' },
  { name: 'timeline', path: '/clusters/1', show: section('timeline') },
  {
    name: 'handoff',
    path: '/clusters/1',
    show: async (page) => {
      await page.getByRole('button', { name: 'Hand-off' }).click();
      await page.locator('.handoff').waitFor();
      await section('timeline')(page);
    },
  },
  {
    name: 'network',
    path: '/clusters/1',
    show: async (page) => {
      await section('network')(page);
      await page.locator('.net-draw[data-ready]').waitFor();
      await page.locator('.net-near button').first().click();
      await page.keyboard.press('n');
      await section('network')(page);
    },
  },
  { name: 'accounts', path: '/accounts' },
  { name: 'approvals', path: '/approvals' },
  { name: 'campaigns', path: '/campaigns' },
  { name: 'audit', path: '/audit' },
  { name: 'ingest', path: '/ingest' },
  { name: 'settings', path: '/settings' },
];

/** Takes one picture once the page has come to rest. @throws Error when the page is not there */
async function take(
  page: Page,
  { name, path: address, show }: Screen,
  theme: 'light' | 'dark',
): Promise<void> {
  const answer = await page.goto(address, { waitUntil: 'networkidle' });
  if (answer?.status() !== 200) throw new Error(`${address} answered with ${answer?.status()}`);
  await show?.(page);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(500);
  await page.screenshot({ path: path.join(FOLDER, `${name}-${theme}.png`), animations: 'disabled' });
}

const own = process.env.WEIR_E2E_URL ? null : await startDesk({ PORT: String(await freePort()) });
if (own) process.env.WEIR_STATE = own.state;
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
});
try {
  mkdirSync(FOLDER, { recursive: true });
  for (const theme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      baseURL: own?.address ?? process.env.WEIR_E2E_URL,
      viewport: SIZE,
      colorScheme: theme,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    const { email, password } = credentials('analyst');
    await page.goto('/login');
    await fillSignIn(page, email, password);
    await page.waitForURL((url) => !url.pathname.startsWith('/login'));
    for (const screen of SCREENS) await take(page, screen, theme);
    await context.close();
  }
  console.log(`${SCREENS.length * 2} pictures in docs/screens`);
} finally {
  await browser.close();
  if (own) {
    await own.end();
    removeStateFolder(own.state);
  }
}
