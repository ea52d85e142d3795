/** The one pool of connections, shared by Prisma and by the bulk paths. */
import pg from 'pg';

// Sums of 64-bit integers come as text by default; all of ours stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
});

const holder = globalThis as { weirPool?: pg.Pool };

/** The pool of this process, opened at first use from DATABASE_URL. @throws Error when that is not set. */
export function pool(): pg.Pool {
  holder.weirPool ??= openPool();
  return holder.weirPool;
}

function openPool(): pg.Pool {
  const connectionString = process.env.DATABASE_URL;
  if (!connectionString)
    throw new Error('DATABASE_URL is not set: start Weir with npm start, or use npm run weir');
  const opened = new pg.Pool({
    connectionString,
    max: Number(process.env.WEIR_POOL ?? 10),
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    application_name: 'weir',
  });
  // An idle connection that the server closes must not end the process; the next query opens a new one.
  opened.on('error', () => {});
  // One in use fails its query as well; without this its own event would end the process.
  opened.on('connect', (client) => void client.on('error', () => {}));
  return opened;
}

/** Closes the pool; the next use opens a new one. */
export async function closePool(): Promise<void> {
  const open = holder.weirPool;
  holder.weirPool = undefined;
  await open?.end();
}
