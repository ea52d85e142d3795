/** The database of this deployment: DATABASE_URL, or the embedded Postgres of the state folder. */
import pg from 'pg';
import { closeDatabase } from './client';
import { startEmbeddedPostgres, stopEmbeddedPostgres } from './embedded-postgres';
import { migrate } from './migrate';
import { readState, stateFolder } from './state-folder';

export interface OpenState {
  url: string;
  embedded: boolean;
  /** Leaves the database as it was found: an embedded Postgres stops when nobody else uses it. */
  close(): Promise<void>;
}

/** Opens and migrates it, and sets DATABASE_URL for the rest of this process. */
export async function openState(): Promise<OpenState> {
  const given = process.env.DATABASE_URL;
  if (given) {
    await migrate(given);
    return { url: given, embedded: false, close: closeDatabase };
  }
  const server = await startEmbeddedPostgres(stateFolder());
  await migrate(server.url);
  process.env.DATABASE_URL = server.url;
  const close = async () => {
    await closeDatabase();
    delete process.env.DATABASE_URL;
    if (!(await isInUse(server.url))) await stopEmbeddedPostgres(server.pid);
  };
  return { url: server.url, embedded: true, close };
}

/** True while the desk runs on this state, or another command is connected. */
async function isInUse(url: string): Promise<boolean> {
  const desk = readState<{ pid: number }>('desk.json');
  if (desk && isAlive(desk.pid)) return true;
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    const { rows } = await client.query<{ others: number }>(
      "SELECT count(*)::int AS others FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    );
    return (rows[0]?.others ?? 0) > 0;
  } finally {
    await client.end();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
