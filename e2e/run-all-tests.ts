/** `npm test`: the checks, unit and database tests, then the browser; ends with its slowest files and one line that
 * counts all tests. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateClient } from '@/lib/database/generate-client';
import { ROOT } from './desk-process';
import {
  type BrowserSuite,
  browserTimes,
  type FileTime,
  slowestLines,
  type VitestFile,
  vitestTimes,
} from './slowest-files';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

interface Phase extends Count {
  name: string;
  seconds: number;
  files: FileTime[];
}

const SLOWEST = 12;

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

async function runVitest(): Promise<Count & { files: FileTime[] }> {
  const report = path.join(reports, 'vitest.json');
  const code = await run(
    'vitest/vitest.mjs',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    {},
  );
  const counts = readReport<{
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    testResults: VitestFile[];
  }>(report);
  const failed = counts?.numFailedTests ?? 0;
  return {
    passed: counts?.numPassedTests ?? 0,
    // A file that does not load fails no test of its own, but the run.
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: counts?.numPendingTests ?? 0,
    files: vitestTimes(counts?.testResults ?? []),
  };
}

async function runBrowser(): Promise<Count & { files: FileTime[] }> {
  const report = path.join(reports, 'playwright.json');
  const code = await run('@playwright/test/cli.js', ['test', '-c', 'e2e/playwright.config.ts'], {
    WEIR_TEST_REPORT: report,
    NODE_ENV: '',
  });
  const read = readReport<{
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    suites: BrowserSuite[];
  }>(report);
  const stats = read?.stats;
  const failed = stats?.unexpected ?? 0;
  return {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: stats?.skipped ?? 0,
    files: browserTimes(read?.suites ?? []),
  };
}

/** Format, lint, import zones, types and dead code, as one test. */
async function runCheck(): Promise<Count & { files: FileTime[] }> {
  const child = spawn('npm', ['run', '-s', 'check'], { cwd: ROOT, stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, files: [] };
}

async function timed(name: string, phase: () => Promise<Count & { files: FileTime[] }>): Promise<Phase> {
  const began = performance.now();
  const counts = await phase();
  return { ...counts, name, seconds: (performance.now() - began) / 1000 };
}

generateClient();
const phases = [
  await timed('check', runCheck),
  await timed('unit and database', runVitest),
  await timed('browser', runBrowser),
];
rmSync(reports, { recursive: true, force: true });
console.log(
  `\n${phases.map(({ name, seconds }) => `${name} ${seconds.toFixed(0)} s`).join(', ')}; slowest files:`,
);
for (const line of slowestLines(
  phases.flatMap(({ files }) => files),
  SLOWEST,
))
  console.log(line);
const sum = (key: keyof Count) => phases.reduce((total, phase) => total + phase[key], 0);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exitCode = sum('failed') === 0 && sum('passed') > 0 ? 0 : 1;
