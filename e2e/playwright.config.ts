import { defineConfig } from '@playwright/test';
import { findBrowser } from './find-browser';

/** Specs that start desks of their own. */
const OWN_DESKS = ['intake.spec.ts', 'start.spec.ts'];
/** Specs that change nothing that another one relies on. */
const LOOKING = ['accessibility.spec.ts', 'oidc.spec.ts'];

/**
 * Two lines side by side. In the first the specs share one desk and what one does the next one sees, so they go one by
 * one; in the second each spec has desks of its own, one by one too, because two would start at once on two cores, and
 * then come those that only look at the shared one.
 */
export default defineConfig({
  testDir: '.',
  // Soaks lie beside them, and are another runner's.
  testMatch: '*.spec.ts',
  outputDir: '../test-results',
  workers: 2,
  fullyParallel: false,
  projects: [
    { name: 'one desk', testIgnore: [...OWN_DESKS, ...LOOKING], workers: 1 },
    { name: 'own desks', testMatch: OWN_DESKS, workers: 1 },
    { name: 'looking', testMatch: LOOKING, workers: 1 },
  ],
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  globalSetup: './start-desk.ts',
  reporter: process.env.WEIR_TEST_REPORT
    ? [['list'], ['json', { outputFile: process.env.WEIR_TEST_REPORT }]]
    : [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
