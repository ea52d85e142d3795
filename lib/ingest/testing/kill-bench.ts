/** Real ingest processes and a real Postgres of one's own, really killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
  stopEmbeddedPostgres,
} from '@/lib/database/embedded-postgres';
import { migrate } from '@/lib/database/migrate';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const TEMPLATE = 'kill_template';

export interface IngestProcess {
  child: ChildProcess;
  /** Its result line. @throws Error with its last words when it fails or is killed */
  ended: Promise<Record<string, number>>;
}

/** One Postgres that may be killed, with a folder for files. */
export class KillBench {
  private constructor(
    readonly folder: string,
    private server: EmbeddedPostgres,
  ) {}

  static async open(): Promise<KillBench> {
    const folder = mkdtempSync(path.join(tmpdir(), 'weir-kill-'));
    chmodSync(folder, 0o711);
    const bench = new KillBench(folder, await startEmbeddedPostgres(folder));
    await bench.asAdmin(`CREATE DATABASE ${TEMPLATE}`);
    await migrate(bench.url(TEMPLATE));
    return bench;
  }

  async close(): Promise<void> {
    await stopEmbeddedPostgres(this.server.pid);
    rmSync(this.folder, { recursive: true, force: true });
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  url(database: string): string {
    return this.server.url.replace(/\/weir$/, `/${database}`);
  }

  /** Lends a fresh, migrated database. */
  async withDatabase<T>(name: string, work: (database: string) => Promise<T>): Promise<T> {
    await this.asAdmin(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
    try {
      return await work(name);
    } finally {
      await this.asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
    }
  }

  /** `weir ingest` as a person runs it. */
  ingest(database: string, ...files: string[]): IngestProcess {
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        'lib/cli/weir.ts',
        'ingest',
        '--rejects',
        this.file(`${database}.rejects`),
        ...files,
      ],
      {
        cwd: ROOT,
        env: { ...process.env, WEIR_STATE: this.folder, DATABASE_URL: this.url(database) },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let [said, complained] = ['', ''];
    child.stdout?.on('data', (chunk) => {
      said += String(chunk);
    });
    child.stderr?.on('data', (chunk) => {
      complained += String(chunk);
    });
    const ended = once(child, 'close').then(([code, signal]) => {
      if (code !== 0) throw new Error(`ingest ended with ${signal ?? code}: ${complained.slice(-400)}`);
      return JSON.parse(said.trimEnd().split('\n').at(-1)!) as Record<string, number>;
    });
    ended.catch(() => {});
    return { child, ended };
  }

  /** Resolves once `runs` ingests have begun in a database. */
  async begun(database: string, runs: number): Promise<void> {
    const client = new pg.Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      for (;;) {
        const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM ingest_run');
        if (rows[0]!.n >= runs) return;
        await pause(5);
      }
    } finally {
      await client.end();
    }
  }

  /** `kill -9` of the postmaster, and a start on what it left. */
  async killPostgres(): Promise<void> {
    process.kill(this.server.pid, 'SIGKILL');
    for (let tries = 1; ; tries++) {
      try {
        this.server = await startEmbeddedPostgres(this.folder);
        return;
      } catch (error) {
        // Its orphaned backends still hold the shared memory for a moment.
        if (tries === 50) throw error;
        await pause(200);
      }
    }
  }

  private async asAdmin(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.server.url });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
}
