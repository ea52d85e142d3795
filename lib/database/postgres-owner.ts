/** Under which user the embedded Postgres runs, and whether that user can reach what it needs. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@/lib/errors';

export interface Owner {
  uid: number;
  gid: number;
}

/** Postgres will not run as root; `nobody` is there on every Unix. Undefined when we are not root. */
export function ownerForRoot(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (!uid || !gid) {
    throw new AppError(
      'unavailable',
      'Postgres does not run as root and there is no user "nobody". Start Weir as another user, or set DATABASE_URL.',
    );
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/** @throws AppError that names the folder which `nobody` may not pass. */
export function refuseUnreachable(folder: string, binary: string, owner: Owner | undefined): void {
  if (!owner) return;
  const passable = (from: string): string | undefined => {
    for (let at = from; ; at = path.dirname(at)) {
      const mode = statSync(at).mode;
      if (statSync(at).isDirectory() && !(mode & 0o001)) return at;
      if (at === path.dirname(at)) return undefined;
    }
  };
  const closed = passable(folder);
  if (closed) {
    throw new AppError(
      'unavailable',
      `As root, Postgres runs as "nobody", who may not pass ${closed}. Set WEIR_STATE to a folder that others may pass (mode 711), start Weir as another user, or set DATABASE_URL.`,
    );
  }
  const closedCode = passable(path.dirname(binary));
  if (closedCode) {
    throw new AppError(
      'unavailable',
      `As root, Postgres runs as "nobody", who may not pass ${closedCode}, where Weir is installed. Move Weir, start it as another user, or set DATABASE_URL.`,
    );
  }
}
