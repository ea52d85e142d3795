/** Generates Prisma's client when schema.prisma has changed since it was last generated. Downloads nothing. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @throws Error with Prisma's own words when the schema does not parse. */
export function generateClient(): void {
  const folder = path.join(root, 'lib/database/generated');
  const stamp = path.join(folder, '.made-from');
  const require = createRequire(import.meta.url);
  const version = (require('prisma/package.json') as { version: string }).version;
  const wanted = createHash('sha256')
    .update(version)
    .update(readFileSync(path.join(root, 'prisma/schema.prisma')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const run = spawnSync(
    process.execPath,
    [path.join(root, 'node_modules/prisma/build/index.js'), 'generate'],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        // Generating needs no schema engine; naming any executable keeps Prisma from downloading one.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      },
    },
  );
  if (run.status !== 0) throw new Error(`prisma generate failed:\n${run.stdout}\n${run.stderr}`);
  writeFileSync(stamp, wanted);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generateClient();
