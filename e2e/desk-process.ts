/** A desk of its own, started as a person would: `npm start` on a state folder that is thrown away. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface DeskProcess {
  address: string;
  state: string;
  child: ChildProcess;
  /** Everything it printed so far. */
  output: () => string;
  /** Sends a signal to the whole group, as a terminal does, and answers the exit code. */
  end: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** A new state folder that Postgres may reach when we are root. */
export function newStateFolder(): string {
  const state = mkdtempSync(path.join(tmpdir(), 'weir-e2e-'));
  chmodSync(state, 0o711);
  return state;
}

export const removeStateFolder = (state: string) => rmSync(state, { recursive: true, force: true });

/** @throws Error with what it printed when it ends or is not ready in time. */
export async function startDesk(
  env: Record<string, string>,
  state = newStateFolder(),
  readyWithinMs = 300_000,
): Promise<DeskProcess> {
  const { DATABASE_URL: _, NODE_ENV: __, ...clean } = process.env;
  const child = spawn('npm', ['start'], {
    cwd: ROOT,
    detached: true,
    env: { ...clean, ...env, WEIR_STATE: state } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout?.on('data', (chunk) => (text += String(chunk)));
  child.stderr?.on('data', (chunk) => (text += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const address = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready in time:\n${text}`)), readyWithinMs);
    child.stdout?.on('data', () => {
      const found = /ready: (http:\S+)/.exec(text)?.[1];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    });
    void ended.then((code) => {
      clearTimeout(timer);
      reject(new Error(`npm start ended with ${code}:\n${text}`));
    });
  });
  const end = (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null) process.kill(-(child.pid ?? 0), signal);
    return ended;
  };
  return { address, state, child, output: () => text, end };
}
