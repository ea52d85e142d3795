/** Real workers, a real Postgres and a provider behind real HTTP; workers and Postgres are killed, and one is stopped
 * for longer than the others wait. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Person } from '@/lib/access/schema';
import { closeDatabase, database } from '@/lib/database/client';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
  stopEmbeddedPostgres,
} from '@/lib/database/embedded-postgres';
import { migrate } from '@/lib/database/migrate';
import { prepareAppRole } from '@/lib/database/prepare-app-role';
import { inTransaction } from '@/lib/database/transaction';
import { enqueueExecution } from '../enqueue-execution';
import { providerSetting } from '../provider-settings-schema';
import { type Receiver, webhookReceiver } from '../providers/testing/receivers';
import { rotateWebhookSecret } from '../rotate-webhook-secret';
import { type BigList, insertBigList, insertPeople } from './insert-big-list';

const WORKER = fileURLToPath(new URL('../../worker/main.ts', import.meta.url));

/** What happens once so many accounts have been acted on. */
export interface Blow {
  at: number;
  kind: 'kill worker' | 'kill Postgres' | 'stop worker';
  /** Which of the two workers. */
  worker: 0 | 1;
}

export class UnderFire {
  private readonly workers: ChildProcess[] = [];
  /** The worker that stands still now. */
  private stopped: number | undefined;
  lists: BigList[] = [];

  private constructor(
    readonly receiver: Receiver,
    private readonly folder: string,
    private server: EmbeddedPostgres,
    private readonly env: Record<string, string>,
  ) {}

  static async open(perSecond: number): Promise<UnderFire> {
    const folder = mkdtempSync(path.join(tmpdir(), 'weir-fire-'));
    chmodSync(folder, 0o711);
    const server = await startEmbeddedPostgres(folder);
    await migrate(server.url);
    await prepareAppRole(server.url);
    let secret = '';
    const receiver = await webhookReceiver(() => secret);
    const env = {
      DATABASE_URL: server.url,
      WEIR_STATE: folder,
      WEIR_SEAL_KEY: Buffer.alloc(32, 7).toString('base64'),
      WEIR_OUTGOING_ALLOW: '127.0.0.1',
      WEIR_CAP_ACTION: '1000000',
      WEIR_CAP_PERSON_DAY: '1000000',
      WEIR_CAP_HOUR: '1000000',
      WEIR_RATE: String(perSecond),
      WEIR_STAGE_WATCH_SECONDS: '0',
    };
    await closeDatabase();
    Object.assign(process.env, env);
    const { id } = await database().user.create({
      data: { email: 'admin@example.org', name: 'admin', role: 'admin', passwordHash: 'none' },
    });
    const admin: Person = {
      kind: 'user',
      id,
      name: 'admin',
      email: '',
      role: 'admin',
      provedAt: Date.now() / 1000,
    };
    secret = (await rotateWebhookSecret(admin, { reason: 'first', keepHours: 0 })).secret;
    const value = { ...providerSetting.initial, kind: 'webhook', address: receiver.url };
    await database().setting.create({
      data: { name: providerSetting.name, version: 1, value, reason: 'first' },
    });
    return new UnderFire(receiver, folder, server, env);
  }

  /** Carries so many lists of so many accounts out while the blows fall. */
  async run(lists: number, accounts: number, blows: readonly Blow[], withinMs: number): Promise<void> {
    const people = await insertPeople();
    for (let n = 0; n < lists; n++) this.lists.push(await insertBigList(accounts, `list${n}`, people));
    await inTransaction(async (tx) => {
      for (const { id } of this.lists) await enqueueExecution(tx, id);
    });
    for (const n of [0, 1]) this.workers[n] = this.spawn();
    const until = performance.now() + withinMs;
    const waiting = [...blows].sort((a, b) => a.at - b.at);
    while (!(await this.isDone())) {
      if (performance.now() > until) throw new Error(`not done: ${JSON.stringify(await this.where())}`);
      for (const n of [0, 1]) if (this.hasEnded(n)) this.workers[n] = this.spawn();
      while (waiting[0] && this.receiver.effects.size >= waiting[0].at) await this.strike(waiting.shift()!);
      await pause(20);
    }
    if (waiting.length > 0) throw new Error(`${waiting.length} blows never fell`);
  }

  /** Every account, by what the provider, the list, our own state and the audit say of it; those that are not all
   * right, and keys that the provider saw beyond one an account. */
  async findFaults(): Promise<string[]> {
    const faults: string[] = [];
    const keys = new Set(this.receiver.requests.map(({ headers }) => String(headers['webhook-id'])));
    const wanted = this.lists.reduce((sum, list) => sum + list.accountIds.length, 0);
    if (keys.size !== wanted) faults.push(`${keys.size} keys for ${wanted} accounts`);
    const audited = await this.countAudited();
    const rows = await database().$queryRaw<{ id: string; state: string; status: string | null }[]>`
      SELECT i.account_id AS id, i.state::text AS state, a.enforced_status::text AS status
      FROM proposal_item i JOIN account a ON a.key = i.account_key`;
    for (const { id, state, status } of rows) {
      const effects = this.receiver.effects.get(id) ?? 0;
      const entries = audited.get(id) ?? 0;
      if (effects !== 1 || entries !== 1 || state !== 'done' || status !== 'banned')
        faults.push(`${id}: ${effects} effects, ${entries} entries, ${state}, ${status}`);
    }
    return faults;
  }

  async close(): Promise<void> {
    for (const worker of this.workers) worker.kill('SIGKILL');
    await closeDatabase();
    await this.receiver[Symbol.asyncDispose]();
    await stopEmbeddedPostgres(this.server.pid);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** How often the audit says of each account that it is done. */
  private async countAudited(): Promise<Map<string, number>> {
    const entries = await database().auditEntry.findMany({ where: { verb: 'enforcement.apply' } });
    const counts = new Map<string, number>();
    for (const { detail } of entries) {
      for (const account of (detail as { accounts: (string | { id: string; state: string })[] }).accounts) {
        if (typeof account !== 'string' && account.state !== 'done') continue;
        const id = typeof account === 'string' ? account : account.id;
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
    return counts;
  }

  /** The starter would start it again. */
  private hasEnded(n: number): boolean {
    const { exitCode, signalCode } = this.workers[n]!;
    return exitCode !== null || signalCode !== null;
  }

  private spawn(): ChildProcess {
    return spawn(process.execPath, ['--import', 'tsx', WORKER], {
      env: { ...process.env, ...this.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  private async strike({ kind, worker }: Blow): Promise<void> {
    if (kind === 'kill Postgres') return this.killPostgres();
    if (kind === 'stop worker') {
      const victim = this.workers[worker]!;
      victim.kill('SIGSTOP');
      this.stopped = worker;
      // Longer than the others wait for a sign of life, and than any batch may send.
      setTimeout(() => {
        victim.kill('SIGCONT');
        this.stopped = undefined;
      }, 15_000);
      return;
    }
    // One that stands still is to wake up.
    const other = this.stopped === worker ? 1 - worker : worker;
    this.workers[other]!.kill('SIGKILL');
    this.workers[other] = this.spawn();
  }

  private async killPostgres(): Promise<void> {
    process.kill(this.server.pid, 'SIGKILL');
    for (let tries = 1; ; tries++) {
      try {
        // The port stays, so the address that the workers know stays good.
        this.server = await startEmbeddedPostgres(this.folder);
        return;
      } catch (error) {
        // Its orphaned backends still hold the shared memory for a moment.
        if (tries === 50) throw error;
        await pause(200);
      }
    }
  }

  private async isDone(): Promise<boolean> {
    try {
      return (await database().proposal.count({ where: { status: { not: 'done' } } })) === 0;
    } catch {
      return false;
    }
  }

  private async where(): Promise<unknown> {
    const lists = await database().proposal.findMany({ select: { id: true, status: true, note: true } });
    return { lists, acted: this.receiver.effects.size };
  }
}
