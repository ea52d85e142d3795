/** The web server and the worker as children: logged to files, started again when they fall, stopped together. */
import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const exitWithParent = pathToFileURL(path.join(root, 'lib/cli/exit-with-parent.mjs')).href;
/** A child that falls this often in a row is not started again. */
const MOST_FALLS = 5;
const STEADY_MS = 60_000;
const KILL_AFTER_MS = 8_000;

export interface ChildPlan {
  name: string;
  /** Arguments for node. */
  args: string[];
  env: Record<string, string>;
  log: string;
}

/** Keeps its children running until it is stopped. */
export class Children {
  private readonly running = new Map<string, ChildProcess>();
  private stopping = false;

  /** @param onGiveUp called when a child fell too often; its last words are given. */
  constructor(private readonly onGiveUp: (name: string, lastWords: string) => void) {}

  start(plan: ChildPlan, falls = 0): void {
    if (this.stopping) return;
    // Appending, so that whoever cuts the file short while it is written does not leave a hole.
    if (falls === 0) rmSync(plan.log, { force: true });
    const log = openSync(plan.log, 'a', 0o600);
    const began = Date.now();
    const child = spawn(process.execPath, ['--import', exitWithParent, ...plan.args], {
      cwd: root,
      env: { ...process.env, ...plan.env },
      stdio: ['ignore', log, log, 'ipc'],
    });
    this.running.set(plan.name, child);
    child.once('exit', () => {
      this.running.delete(plan.name);
      if (this.stopping) return;
      const next = Date.now() - began > STEADY_MS ? 1 : falls + 1;
      if (next > MOST_FALLS) this.onGiveUp(plan.name, lastLines(plan.log));
      else setTimeout(() => this.start(plan, next), 200 * 2 ** next);
    });
  }

  /** Asks all to end, waits, and ends those who do not. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(
      [...this.running.values()].map(
        (child) =>
          new Promise<void>((resolve) => {
            const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
            child.once('exit', () => {
              clearTimeout(timer);
              resolve();
            });
            child.kill('SIGTERM');
          }),
      ),
    );
  }
}

export function lastLines(file: string, count = 15): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}
