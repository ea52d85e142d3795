/** `npm start`: database, migrations, demo at the first start, build, worker, web server; and a clean end. */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateClient } from '@/lib/database/generate-client';
import type { OpenState } from '@/lib/database/open-state';
import { readState, stateFolder, writeState } from '@/lib/database/state-folder';
import { AppError } from '@/lib/errors';
import { buildDesk } from './build-desk';
import { checkSettings } from './check-settings';
import { choosePort } from './choose-port';
import { Children } from './start-children';

const began = Date.now();
const root = fileURLToPath(new URL('../..', import.meta.url));
const dev = process.argv.includes('--dev');
const DEFAULT_PORT = 3000;
const READY_WITHIN_MS = 60_000;

const say = (words: string) =>
  console.log(`${String(Math.round((Date.now() - began) / 1000)).padStart(4)} s  ${words}`);

/** Ended by a signal: what is being prepared stops at the next step. */
const ending = new AbortController();
/** What has to come to rest before the database is left: opening it, loading the demo. */
let opening: Promise<OpenState> | undefined;
let preparing: Promise<unknown> = Promise.resolve();
let isOurDesk = false;
const children = new Children((name, lastWords) => {
  console.error(`The ${name} fell too often and is not started again. Its last words:\n${lastWords}`);
  void stop(1);
});

/** The end, once: a second Ctrl-C, or a signal that reaches us twice, changes nothing. */
async function stop(code: number): Promise<void> {
  if (ending.signal.aborted) return;
  ending.abort();
  if (code === 0) console.log('\nstopping');
  await children.stop();
  await preparing.catch(() => {});
  if (isOurDesk) rmSync(path.join(stateFolder(), 'desk.json'), { force: true });
  const state = await opening?.catch(() => undefined);
  await state?.close().catch((error: unknown) => console.error(String(error)));
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

async function start(): Promise<void> {
  process.umask(0o022);
  const host = process.env.HOST || '127.0.0.1';
  const { wrong, unknown } = checkSettings(process.env);
  for (const words of unknown) console.warn(words);
  if (wrong.length > 0) throw new AppError('bad_input', wrong.join('\n'));
  const wanted = Number(process.env.PORT || DEFAULT_PORT);
  generateClient();
  const folder = stateFolder();

  const { openState } = await import('@/lib/database/open-state');
  if (ending.signal.aborted) return;
  opening = openState();
  const state = await opening;
  if (!(await state.claimDesk())) throw alreadyRuns();
  isOurDesk = true;
  if (ending.signal.aborted) return;
  say(state.embedded ? 'database ready (embedded Postgres)' : 'database ready (DATABASE_URL)');

  await lookAtAuditLog();
  const demo = process.env.WEIR_DEMO !== '0';
  const { demoSignIns, loadDemo } = await import('./load-demo');
  const building = dev ? Promise.resolve(false) : buildDesk(path.join(folder, 'build.log'), ending.signal);
  // Both keep a core busy; a failure of either is told once both have come to rest.
  const both = Promise.allSettled([demo ? loadDemo(say, ending.signal) : undefined, building]);
  preparing = both;
  const [loaded, built] = await both;
  if (ending.signal.aborted) return;
  if (loaded.status === 'rejected') throw loaded.reason;
  if (built.status === 'rejected') throw built.reason;
  if (built.value) say('desk built');

  const port = await choosePort(wanted, host);
  if (port !== wanted) say(`port ${wanted} is taken, using ${port}`);
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const env = {
    DATABASE_URL: state.url,
    WEIR_STATE: folder,
    NEXTAUTH_URL: process.env.NEXTAUTH_URL ?? address,
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET ?? ownSecret(),
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_ENV: dev ? 'development' : 'production',
  };
  const next = path.join(root, 'node_modules/next/dist/bin/next');
  children.start({
    name: 'worker',
    args: ['--import', 'tsx', path.join(root, 'lib/worker/main.ts')],
    env,
    log: path.join(folder, 'worker.log'),
  });
  children.start({
    name: 'web server',
    args: [next, dev ? 'dev' : 'start', '-p', String(port), '-H', host],
    env,
    log: path.join(folder, 'web.log'),
  });
  await untilReady(
    `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`,
  );
  if (ending.signal.aborted) return;
  writeState('desk.json', { pid: process.pid, port, address });
  const welcome = await welcomeWords(demo ? demoSignIns() : []);
  say(`ready: ${address}`);
  console.log(welcome);
}

/** Says so at once when the log is not what was signed before; the desk starts all the same, to be looked at. */
async function lookAtAuditLog(): Promise<void> {
  const { signHead } = await import('@/lib/audit/sign-head');
  const { state, words } = await signHead().catch((error: unknown) => ({
    state: 'refused',
    words: error instanceof Error ? error.message : String(error),
  }));
  if (state === 'refused') console.warn(`The audit log is not signed: ${words}`);
}

/** Two desks on one state would fight over its files. */
function alreadyRuns(): AppError {
  const running = readState<{ pid: number; address: string }>('desk.json');
  const where = running ? `${running.address} (process ${running.pid})` : 'it is still starting';
  return new AppError(
    'conflict',
    `Weir already runs on this state: ${where}. Set WEIR_STATE to another folder for a second one.`,
  );
}

function ownSecret(): string {
  const known = readState<{ session: string }>('secrets.json');
  if (known) return known.session;
  const secrets = { session: randomBytes(32).toString('base64url') };
  writeState('secrets.json', secrets);
  return secrets.session;
}

async function untilReady(address: string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  let answer = 'no answer';
  while (Date.now() < until && !ending.signal.aborted) {
    try {
      const response = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(20_000) });
      if (response.ok) return;
      answer = `${response.status} ${(await response.text()).slice(0, 200)}`;
    } catch (error) {
      answer = error instanceof Error ? error.message : String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  if (!ending.signal.aborted)
    throw new AppError(
      'unavailable',
      `The web server did not become ready (${answer}). See ${path.join(stateFolder(), 'web.log')}.`,
    );
}

/** Who can sign in, or how to make the first one who can. */
async function welcomeWords(signIns: { name: string; email: string; password: string }[]): Promise<string> {
  const lines = signIns.map(
    (person) => `  ${person.name.padEnd(16)} ${person.email.padEnd(26)} ${person.password}`,
  );
  if (lines.length > 0) lines.unshift('  Simulated data. Sign in as:');
  else {
    const { database } = await import('@/lib/database/client');
    if ((await database().user.count()) === 0) {
      lines.push('  Nobody can sign in yet. Add the first person:');
      lines.push('  npm run -s weir -- users add --email you@example.org --role admin');
    }
  }
  return ['', ...lines, '', '  Ctrl-C stops it.', ''].join('\n');
}

start().catch(async (error: unknown) => {
  if (ending.signal.aborted) return;
  console.error(error instanceof AppError ? error.forPerson : error);
  await stop(1);
});
