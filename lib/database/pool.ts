/** The one pool of connections, shared by Prisma and by the bulk paths, and a small one for those who need ownership. */
import pg from 'pg';
import { becomeApp, ownerUrl } from './app-role';

// Sums of 64-bit integers come as text by default; all of ours stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
});

const holder = globalThis as { weirPool?: pg.Pool; weirOwnerPool?: pg.Pool };

/** The pool of this process, opened at first use from DATABASE_URL; its connections work under the app's role, which
 * owns nothing. @throws Error when that is not set. */
export function pool(): pg.Pool {
  const connectionString = process.env.DATABASE_URL || ownerUrl();
  holder.weirPool ??= openPool({
    connectionString,
    max: Number(process.env.WEIR_POOL ?? 10),
    application_name: 'weir',
    // No connection is handed out before; one that may not take the role on is an error of who asked for it.
    onConnect: becomeApp,
  });
  return holder.weirPool;
}

/** For what only the owner of the tables may do: partitions made and dropped, nothing else. */
export function ownerPool(): pg.Pool {
  const connectionString = ownerUrl();
  holder.weirOwnerPool ??= openPool({
    connectionString,
    max: 2,
    application_name: 'weir owner',
    // No person waits for it; an ingest that it fails has to be sent again.
    connectionTimeoutMillis: 30_000,
  });
  return holder.weirOwnerPool;
}

function openPool(config: pg.PoolConfig): pg.Pool {
  const opened = new pg.Pool({ connectionTimeoutMillis: 10_000, idleTimeoutMillis: 30_000, ...config });
  // An idle connection that the server closes must not end the process; the next query opens a new one.
  opened.on('error', () => {});
  // One in use fails its query as well; without this its own event would end the process.
  opened.on('connect', (client) => void client.on('error', () => {}));
  return opened;
}

/** Closes both; the next use opens new ones. */
export async function closePool(): Promise<void> {
  const open = [holder.weirPool, holder.weirOwnerPool];
  holder.weirPool = undefined;
  holder.weirOwnerPool = undefined;
  await Promise.all(open.map((each) => each?.end()));
}
