import { spawnSync } from 'node:child_process';
import { ROOT } from './desk-process';

/** Runs `weir` on a state; its last line as JSON. @throws Error with what it said when it fails */
export function weir(state: string, ...args: string[]): Record<string, string> {
  const { DATABASE_URL: _, ...env } = process.env;
  const run = spawnSync('npm', ['run', '-s', 'weir', '--', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...env, WEIR_STATE: state } as unknown as NodeJS.ProcessEnv,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, string>;
}
