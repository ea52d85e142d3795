/** A seeded desk in production and a browser that is signed in, for benches of the screens. */
import { type Browser, chromium, type Page } from '@playwright/test';
import { freePort } from '@/lib/database/embedded-postgres';
import { readState, writeState } from '@/lib/database/state-folder';
import { newStateFolder, removeStateFolder, startDesk } from '../desk-process';
import { findBrowser } from '../find-browser';
import { fillSignIn } from '../fixtures';
import { type DeskSize, type Seeded, seedDesk } from './seed-desk';

export const SIZE: DeskSize = { accounts: 100_000, clusters: 500, largest: 20_000 };

export interface BenchDesk {
  address: string;
  browser: Browser;
  /** A new page, signed in, at the desk's own address. */
  signIn: () => Promise<Page>;
  end: () => Promise<void>;
}

/**
 * Seeds, builds and starts it; says how long that took. The browser has no GPU. WEIR_E2E_URL and WEIR_STATE name a
 * seeded desk that runs already, with its sign-in in `bench.json`.
 */
export async function openBenchDesk(): Promise<BenchDesk> {
  const desk = process.env.WEIR_E2E_URL ? runningDesk(process.env.WEIR_E2E_URL) : await newDesk();
  const { email, password } = desk.signIn;
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
      // What tsx calls inside functions that are sent to the page.
      await context.addInitScript('globalThis.__name = (named) => named');
      const page = await context.newPage();
      await page.goto('/login');
      await fillSignIn(page, email, password);
      await page.waitForURL((url) => !url.pathname.startsWith('/login'));
      return page;
    },
    end: async () => {
      await browser.close();
      await desk.end();
    },
  };
}

interface SeededDesk {
  address: string;
  signIn: Seeded;
  end: () => Promise<void>;
}

function runningDesk(address: string): SeededDesk {
  const signIn = readState<Seeded>('bench.json');
  if (!signIn) throw new Error('WEIR_STATE holds no bench.json: it names no seeded desk');
  return { address, signIn, end: async () => {} };
}

async function newDesk(): Promise<SeededDesk> {
  const began = performance.now();
  const state = newStateFolder();
  process.env.WEIR_STATE = state;
  const signIn = await seedDesk(SIZE);
  writeState('bench.json', signIn);
  const seeded = performance.now();
  const desk = await startDesk({ WEIR_DEMO: '0', PORT: String(await freePort()) }, state);
  const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;
  console.log(
    `desk of ${SIZE.accounts.toLocaleString('en-US')} accounts and ${SIZE.clusters} clusters, the largest ${SIZE.largest.toLocaleString('en-US')}: seeded in ${seconds(seeded - began)}, built and started in ${seconds(performance.now() - seeded)}`,
  );
  return {
    address: desk.address,
    signIn,
    end: async () => {
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
