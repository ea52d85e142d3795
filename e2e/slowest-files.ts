/** Where a run's time went: its test files by how long they took, as the runners' reports tell. */
import path from 'node:path';
import { ROOT } from './desk-process';

/** What vitest's JSON report says of a file; times in ms. */
export interface VitestFile {
  name: string;
  startTime: number;
  endTime: number;
}

/** What Playwright's JSON report says of a file or of a block in it; durations in ms. */
export interface BrowserSuite {
  file: string;
  suites?: BrowserSuite[];
  specs: { tests: { results: { duration: number }[] }[] }[];
}

export interface FileTime {
  file: string;
  seconds: number;
}

export function vitestTimes(files: readonly VitestFile[]): FileTime[] {
  return files.map(({ name, startTime, endTime }) => ({
    file: path.relative(ROOT, name),
    seconds: (endTime - startTime) / 1000,
  }));
}

export function browserTimes(suites: readonly BrowserSuite[]): FileTime[] {
  return suites.map((suite) => ({ file: `e2e/${suite.file}`, seconds: durationOf(suite) / 1000 }));
}

/** Lines for the terminal, the slowest first. */
export function slowestLines(times: readonly FileTime[], most: number): string[] {
  return [...times]
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, most)
    .map(({ file, seconds }) => `${seconds.toFixed(0).padStart(5)} s  ${file}`);
}

function durationOf({ specs, suites = [] }: BrowserSuite): number {
  const own = specs.flatMap(({ tests }) => tests.flatMap(({ results }) => results));
  return (
    own.reduce((sum, { duration }) => sum + duration, 0) +
    suites.reduce((sum, suite) => sum + durationOf(suite), 0)
  );
}
