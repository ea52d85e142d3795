/** The database of this deployment: DATABASE_URL, or the embedded Postgres of the state folder. */
import pg from 'pg';
import { ownerUrl } from './app-role';
import { closeDatabase } from './client';
import { type EmbeddedPostgres, startEmbeddedPostgres, stopEmbeddedPostgres } from './embedded-postgres';
import { migrate } from './migrate';
import { prepareAppRole } from './prepare-app-role';
import { stateFolder } from './state-folder';

/** Held in common by every process that uses the embedded Postgres; who can have it alone is the last one. */
const IN_USE = 57_317_003;
/** Held by the one desk that runs on a state folder. */
const DESK = 57_317_004;
const TRIES = 20;

export interface OpenState {
  url: string;
  embedded: boolean;
  /** True for the one caller who may run the desk on this state folder; false while another does. */
  claimDesk(): Promise<boolean>;
  /** Leaves the database as it was found: an embedded Postgres stops when nobody else uses it. */
  close(): Promise<void>;
}

/** Opens and migrates it, and sets DATABASE_URL for the rest of this process. */
export async function openState(): Promise<OpenState> {
  const given = process.env.DATABASE_URL;
  if (given) {
    await bringUpToDate(ownerUrl(given));
    const session = new pg.Client({ connectionString: given });
    session.on('error', () => {});
    await session.connect();
    const close = async () => {
      await closeDatabase();
      await session.end().catch(() => {});
    };
    return { url: given, embedded: false, claimDesk: () => claimDesk(session), close };
  }
  const use = await EmbeddedUse.begin(stateFolder());
  try {
    await bringUpToDate(use.server.url);
  } catch (error) {
    await use.end();
    throw error;
  }
  process.env.DATABASE_URL = use.server.url;
  const close = async () => {
    await closeDatabase();
    delete process.env.DATABASE_URL;
    await use.end();
  };
  return { url: use.server.url, embedded: true, claimDesk: () => use.claimDesk(), close };
}

/** Migrations, then the role under which everybody works from here on, in this process and its children. */
async function bringUpToDate(url: string): Promise<void> {
  await migrate(url);
  const refused = await prepareAppRole(url);
  if (!refused) return;
  process.env.WEIR_APP_ROLE = 'none';
  console.warn(refused);
}

async function claimDesk(session: pg.Client): Promise<boolean> {
  const { rows } = await session.query<{ mine: boolean }>(
    'SELECT pg_try_advisory_lock($1::int, hashtext($2)) AS mine',
    [DESK, stateFolder()],
  );
  return rows[0]?.mine ?? false;
}

/** This process' use of the embedded Postgres: a session for as long as it lasts, taken up again when it breaks. */
class EmbeddedUse {
  private ended = false;
  private isDesk = false;

  private constructor(
    private readonly folder: string,
    public server: EmbeddedPostgres,
    private session: pg.Client,
  ) {
    this.watch();
  }

  static async begin(folder: string): Promise<EmbeddedUse> {
    const { server, session } = await connect(folder);
    return new EmbeddedUse(folder, server, session);
  }

  async claimDesk(): Promise<boolean> {
    this.isDesk = await claimDesk(this.session);
    return this.isDesk;
  }

  /** Stops the server unless somebody else uses it. */
  async end(): Promise<void> {
    this.ended = true;
    try {
      await this.session.query('SELECT pg_advisory_unlock_shared($1::bigint)', [IN_USE]);
      const { rows } = await this.session.query<{ last: boolean }>(
        'SELECT pg_try_advisory_lock($1::bigint) AS last',
        [IN_USE],
      );
      if (rows[0]?.last) await stopEmbeddedPostgres(this.server.pid);
    } catch {
      // The server is gone already, and with it our session.
    }
    await this.session.end().catch(() => {});
  }

  /** A desk that runs on brings its database back when it falls; commands fail with their query instead. */
  private watch(): void {
    this.session.on('error', () => {});
    this.session.once('end', () => {
      if (!this.ended && this.isDesk) void this.restore();
    });
  }

  private async restore(): Promise<void> {
    for (let tries = 0; tries < TRIES && !this.ended; tries++) {
      try {
        const { server, session } = await connect(this.folder);
        this.server = server;
        this.session = session;
        this.watch();
        await claimDesk(session);
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  }
}

/** A running server and a session that says it is in use; again from the start when the last user just left it. */
async function connect(folder: string): Promise<{ server: EmbeddedPostgres; session: pg.Client }> {
  for (let tries = 1; ; tries++) {
    const server = await startEmbeddedPostgres(folder);
    const session = new pg.Client({ connectionString: server.url });
    session.on('error', () => {});
    try {
      await session.connect();
      await session.query('SELECT pg_advisory_lock_shared($1::bigint)', [IN_USE]);
      return { server, session };
    } catch (error) {
      await session.end().catch(() => {});
      if (tries >= TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
