/** `npm test`: the checks, unit and database tests, then the browser; ends with one line that counts them all. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateClient } from '@/lib/database/generate-client';
import { ROOT } from './desk-process';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const reports = mkdtempSync(path.join(tmpdir(), 'weir-reports-'));

/** Runs one runner with the terminal as its output. @returns its exit code. */
function run(module: string, args: string[], env: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [path.join(ROOT, 'node_modules', module), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

function readReport<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

async function runVitest(): Promise<Count> {
  const report = path.join(reports, 'vitest.json');
  const code = await run(
    'vitest/vitest.mjs',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    {},
  );
  const counts = readReport<{ numPassedTests: number; numFailedTests: number; numPendingTests: number }>(
    report,
  );
  const failed = counts?.numFailedTests ?? 0;
  return {
    passed: counts?.numPassedTests ?? 0,
    // A file that does not load fails no test of its own, but the run.
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: counts?.numPendingTests ?? 0,
  };
}

async function runBrowser(): Promise<Count> {
  const report = path.join(reports, 'playwright.json');
  const code = await run('@playwright/test/cli.js', ['test', '-c', 'e2e/playwright.config.ts'], {
    WEIR_TEST_REPORT: report,
    NODE_ENV: '',
  });
  const stats = readReport<{
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  }>(report)?.stats;
  const failed = stats?.unexpected ?? 0;
  return {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: stats?.skipped ?? 0,
  };
}

/** Format, lint, import zones, types and dead code, as one test. */
async function runCheck(): Promise<Count> {
  const child = spawn('npm', ['run', '-s', 'check'], { cwd: ROOT, stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

generateClient();
const counts = [await runCheck(), await runVitest(), await runBrowser()];
rmSync(reports, { recursive: true, force: true });
const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exitCode = sum('failed') === 0 && sum('passed') > 0 ? 0 : 1;
