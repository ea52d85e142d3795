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

/** `npm start` as it runs, before it is ready. */
export function spawnStart(env: Record<string, string>, state: string) {
  const { DATABASE_URL: _, NODE_ENV: __, ...clean } = process.env;
  const child = spawn('npm', ['start'], {
    cwd: ROOT,
    detached: true,
    env: { ...clean, ...env, WEIR_STATE: state } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  /** Waits until it prints something. @throws Error with what it printed when it ends or the time is over. */
  const says = (pattern: RegExp, withinMs: number) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${pattern} was not said in time:\n${text}`)),
        withinMs,
      );
      const look = () => {
        const found = pattern.exec(text);
        if (!found) return;
        clearTimeout(timer);
        resolve(found);
      };
      child.stdout?.on('data', look);
      look();
      void ended.then((code) => {
        clearTimeout(timer);
        reject(new Error(`npm start ended with ${code}:\n${text}`));
      });
    });
  const hear = (chunk: unknown) => {
    text += String(chunk);
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const end = (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null) process.kill(-(child.pid ?? 0), signal);
    return ended;
  };
  return { child, says, end, output: () => text };
}

/** @throws Error with what it printed when it ends or is not ready in time. */
export async function startDesk(
  env: Record<string, string>,
  state = newStateFolder(),
  readyWithinMs = 300_000,
): Promise<DeskProcess> {
  const { child, says, end, output } = spawnStart(env, state);
  const [, address = ''] = await says(/ready: (http:\S+)/, readyWithinMs);
  return { address, state, child, output, end };
}
