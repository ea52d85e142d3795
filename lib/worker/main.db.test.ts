/** The worker as the starter runs it: a process of its own, told to end, or killed in the middle of its work. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { getVerification } from '@/lib/audit/get-verification';
import { verifyDatabase } from '@/lib/audit/verify-database';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { ownerPool } from '@/lib/database/pool';
import { answerProposal } from '@/lib/enforcement/answer-proposal';
import { insertCluster, plain, propose } from '@/lib/enforcement/testing/insert-world';

const ENTRY = fileURLToPath(new URL('./main.ts', import.meta.url));
const started: ChildProcess[] = [];
let analyst: Person;
let approver: Person;

beforeAll(async () => {
  analyst = await insertUser('analyst');
  approver = await insertUser('approver');
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Starts a worker; resolves when it says that it is ready. */
async function startWorker(env: Record<string, string> = {}): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', ENTRY], {
    env: { ...process.env, NODE_ENV: 'production', WEIR_RATE: '200', WEIR_STAGE_WATCH_SECONDS: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  let said = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (said += text));
  await vi.waitFor(() => expect(said).toContain('worker ready'), { timeout: 30_000, interval: 50 });
  return child;
}

async function approved(accounts: number) {
  const cluster = await insertCluster(plain(accounts));
  // Each by somebody else: what one person lists in a day counts together, and one approver is enough here.
  const proposer = await insertUser('analyst');
  const { id } = await propose(proposer, {
    clusterId: cluster.id,
    action: 'ban',
    reason: 'agreed',
    exclude: [],
  });
  const { sha256 } = await database().proposal.findUniqueOrThrow({ where: { id } });
  await answerProposal(approver, { proposalId: id, verdict: 'approve', reason: 'looked at it', sha256 });
  return { id, accountIds: cluster.accountIds };
}

const doneOf = (proposalId: number) =>
  database().proposalItem.count({ where: { proposalId, state: 'done' } });

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 40_000, interval: 50 });

async function untilStatus(id: number, status: string): Promise<void> {
  await until(async () => {
    expect((await database().proposal.findUniqueOrThrow({ where: { id } })).status).toBe(status);
  });
}

describe('the worker', () => {
  it('executes what is approved, is killed in the middle, and the next one goes on; each account once', async () => {
    const first = await startWorker();
    const proposal = await approved(600);
    await until(async () => expect(await doneOf(proposal.id)).toBeGreaterThan(100));
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(await doneOf(proposal.id)).toBeLessThan(600);
    await startWorker();
    await untilStatus(proposal.id, 'done');
    const acted = await database().sandboxAccount.findMany({
      where: { accountId: { in: proposal.accountIds } },
    });
    expect(acted).toHaveLength(600);
    expect(acted.filter((row) => row.lastKey.includes('\n') || row.status !== 'banned')).toEqual([]);
    expect(await doneOf(proposal.id)).toBe(600);
    await until(async () =>
      expect(await getVerification(analyst)).toMatchObject({ state: 'signed', lag: { entries: 0 } }),
    );
    expect(await verifyDatabase(analyst)).toMatchObject({ ok: true, unsigned: 0 });
  });

  it('finishes the batch in hand when told to end, exits 0 in time and leaves nothing claimed', async () => {
    const worker = await startWorker({ WEIR_RATE: '50' });
    const proposal = await approved(400);
    await until(async () => expect(await doneOf(proposal.id)).toBeGreaterThan(30));
    const told = Date.now();
    worker.kill('SIGTERM');
    // A signal to the whole group reaches it twice.
    worker.kill('SIGTERM');
    const [code] = await once(worker, 'exit');
    expect(code).toBe(0);
    expect(Date.now() - told).toBeLessThan(5_000);
    expect(await database().proposalItem.count({ where: { proposalId: proposal.id, state: 'sent' } })).toBe(
      0,
    );
    expect((await database().proposal.findUniqueOrThrow({ where: { id: proposal.id } })).status).toBe(
      'running',
    );
    await startWorker({ WEIR_RATE: '400' });
    await untilStatus(proposal.id, 'done');
  });

  it('works beside another one; what the other leaves when it ends is taken up at once', async () => {
    const first = await startWorker({ WEIR_RATE: '100' });
    const lists = await Promise.all([approved(200), approved(200)]);
    await until(async () => expect(await doneOf(lists[0].id)).toBeGreaterThan(0));
    await startWorker({ WEIR_RATE: '400' });
    first.kill('SIGTERM');
    await once(first, 'exit');
    for (const { id } of lists) await untilStatus(id, 'done');
    const workers = await database().worker.findMany();
    expect(workers).toHaveLength(1);
  });

  it('goes on when the database drops its connections', async () => {
    await startWorker();
    await ownerPool().query(`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'weir'`);
    const proposal = await approved(20);
    await untilStatus(proposal.id, 'done');
  });
});
