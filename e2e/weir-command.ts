import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from './desk-process';

/**
 * Runs `weir` on a state; its last line as JSON. Does not hold up this process, which would otherwise not hear that a
 * server closed a connection meanwhile, and use it. @throws Error with what it said when it fails
 */
export async function weir(state: string, ...args: string[]): Promise<Record<string, string>> {
  const { DATABASE_URL: _, ...env } = process.env;
  const run = spawn('npm', ['run', '-s', 'weir', '--', ...args], {
    cwd: ROOT,
    env: { ...env, WEIR_STATE: state } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, complained] = ['', ''];
  run.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  run.stderr.setEncoding('utf8').on('data', (text) => {
    complained += text;
  });
  const [code] = await once(run, 'close');
  if (code !== 0) throw new Error(complained);
  return JSON.parse(said.trimEnd().split('\n').at(-1) ?? '') as Record<string, string>;
}
