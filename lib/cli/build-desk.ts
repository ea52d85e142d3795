/** The production build, made only when a source changed since the last one. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '@/lib/errors';
import { lastLines } from './start-children';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = [
  'app',
  'components',
  'lib',
  'prisma',
  'public',
  'next.config.js',
  'proxy.ts',
  'instrumentation.ts',
  'tsconfig.json',
  'package-lock.json',
];
const STAMP = path.join(root, '.next/weir-sources');

/** @returns false when the build there was is still good. @throws AppError with the build's last words. */
export async function buildDesk(logFile: string, signal: AbortSignal): Promise<boolean> {
  const sources = hashSources();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return false;
  const log = openSync(logFile, 'w', 0o600);
  const build = spawn(process.execPath, [path.join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    stdio: ['ignore', log, log],
    signal,
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    build.once('exit', resolve);
    build.once('error', reject);
  });
  if (code !== 0)
    throw new AppError('unavailable', `The build failed (${logFile}):\n${lastLines(logFile, 25)}`);
  writeFileSync(STAMP, sources);
  return true;
}

/** SHA-256 over the names and contents of everything the build reads. */
function hashSources(): string {
  const digest = createHash('sha256');
  const add = (relative: string) => {
    const file = path.join(root, relative);
    if (!existsSync(file)) return;
    digest.update(`${relative}\n`).update(readFileSync(file));
  };
  for (const source of SOURCES) {
    const folder = path.join(root, source);
    if (source.includes('.') || !existsSync(folder)) {
      add(source);
      continue;
    }
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
    for (const file of files.sort()) add(file);
  }
  return digest.digest('hex');
}
