/** A seeded desk in production and a browser that is signed in, for benches of the screens. */
import { type Browser, chromium, type Page } from '@playwright/test';
import { freePort } from '@/lib/database/embedded-postgres';
import { newStateFolder, removeStateFolder, startDesk } from '../desk-process';
import { findBrowser } from '../find-browser';
import { fillSignIn } from '../fixtures';
import { type DeskSize, seedDesk } from './seed-desk';

export const SIZE: DeskSize = { accounts: 100_000, clusters: 500, largest: 20_000 };

export interface BenchDesk {
  address: string;
  browser: Browser;
  /** A new page, signed in, at the desk's own address. */
  signIn: () => Promise<Page>;
  end: () => Promise<void>;
}

/** Seeds, builds and starts it; says how long that took. The browser has no GPU. */
export async function openBenchDesk(): Promise<BenchDesk> {
  const began = performance.now();
  const state = newStateFolder();
  process.env.WEIR_STATE = state;
  const { email, password } = await seedDesk(SIZE);
  const seeded = performance.now();
  const desk = await startDesk({ WEIR_DEMO: '0', PORT: String(await freePort()) }, state);
  const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;
  console.log(
    `desk of ${SIZE.accounts.toLocaleString('en-US')} accounts and ${SIZE.clusters} clusters, the largest ${SIZE.largest.toLocaleString('en-US')}: seeded in ${seconds(seeded - began)}, built and started in ${seconds(performance.now() - seeded)}`,
  );
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  });
  return {
    address: desk.address,
    browser,
    signIn: async () => {
      const context = await browser.newContext({
        baseURL: desk.address,
        viewport: { width: 1440, height: 900 },
      });
      const page = await context.newPage();
      await page.goto('/login');
      await fillSignIn(page, email, password);
      await page.waitForURL((url) => !url.pathname.startsWith('/login'));
      return page;
    },
    end: async () => {
      await browser.close();
      await desk.end();
      removeStateFolder(state);
    },
  };
}

/** The value below which a share of them lies; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
