/**
 * `npm run bench:enforcement [-- ACCOUNTS]`: what carrying a list out costs. The database's share against one plain
 * UPDATE of the same accounts, and the whole way against the sandbox. Ratios of one run count, on any machine.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeDatabase, database } from '@/lib/database/client';
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '@/lib/database/embedded-postgres';
import { migrate } from '@/lib/database/migrate';
import { ownerPool } from '@/lib/database/pool';
import { prepareAppRole } from '@/lib/database/prepare-app-role';
import { claimBatch, type Hint } from '../claim-batch';
import { executeProposal } from '../execute-proposal';
import { batchSize } from '../execution-rules';
import { startExecution } from '../move-execution';
import type { Provider } from '../providers/provider';
import { sandboxProvider } from '../providers/sandbox';
import { recordBatch } from '../record-batch';
import { type BigList, insertBigList, insertPeople } from './insert-big-list';

const ACCOUNTS = Number(process.argv[2] ?? 24_000);
const ROUNDS = 3;
const MOST_TIMES = 3;
const LEAST_PER_SECOND = 2_000;
const pace = { perSecond: 1_000_000, watchSeconds: 0 };

const WORKER = { kind: 'system', name: 'worker' } as const;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Nothing that was written before is tidied up at somebody else's cost. */
async function settle(): Promise<void> {
  for (const sql of ['VACUUM ANALYZE account', 'VACUUM ANALYZE proposal_item', 'CHECKPOINT'])
    await ownerPool().query(sql);
}

async function plainUpdate(list: BigList): Promise<number> {
  await settle();
  const took = await seconds(
    () => database().$executeRaw`
      UPDATE account SET enforced_status = 'banned', enforced_at = now()
      WHERE key IN (SELECT account_key FROM proposal_item WHERE proposal_id = ${list.id})`,
  );
  await database().$executeRaw`UPDATE account SET enforced_status = NULL, enforced_at = NULL`;
  await settle();
  return took;
}

/** All that an execution does in the database: claims with what they look at, records, audit. */
async function databaseWork(list: BigList): Promise<number> {
  const proposal = await startExecution(WORKER, list.id, false);
  const answer = { kind: 'done', repeated: false } as const;
  let hint: Hint | undefined;
  let took = 0;
  for (;;) {
    const began = performance.now();
    const claim = await claimBatch(WORKER, proposal, {
      limit: batchSize(pace),
      leaseSeconds: 30,
      watchSeconds: 0,
      hint,
    });
    took += performance.now() - began;
    if (claim.kind === 'finished') return took / 1000;
    hint = claim.kind === 'batch' ? { stage: claim.stage, after: claim.after, retries: false } : undefined;
    if (claim.kind !== 'batch') continue;
    const results = claim.items.map((item) => ({ ...item, answer, tookMs: 5 }));
    took += (await seconds(() => recordBatch(WORKER, proposal, claim, results))) * 1000;
  }
}

async function checkDone(list: BigList): Promise<void> {
  const done = await database().proposalItem.count({ where: { proposalId: list.id, state: 'done' } });
  const banned = await database().account.count({
    where: { id: { in: list.accountIds }, enforcedStatus: 'banned' },
  });
  if (done !== ACCOUNTS || banned !== ACCOUNTS)
    throw new Error(`${done} of ${ACCOUNTS} are done, ${banned} banned`);
}

async function carryOut(list: BigList, provider: Provider): Promise<number> {
  return seconds(async () => {
    const { ended } = await executeProposal(list.id, { provider, pace });
    if (ended !== 'done') throw new Error(`the execution ended ${ended}`);
  });
}

async function measure(): Promise<void> {
  const people = await insertPeople();
  const plain: number[] = [];
  const ours: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const list = await insertBigList(ACCOUNTS, `round${round}`, people);
    plain.push(await plainUpdate(list));
    ours.push(await databaseWork(list));
    await checkDone(list);
    console.log(
      `round ${round}: plain UPDATE ${plain.at(-1)!.toFixed(2)} s, ours ${ours.at(-1)!.toFixed(2)} s`,
    );
  }
  const times = median(ours) / median(plain);
  const list = await insertBigList(ACCOUNTS, 'sandbox', people);
  await settle();
  const sandbox = sandboxProvider({ trouble: () => 'none' });
  const perSecond = ACCOUNTS / (await carryOut(list, sandbox));
  await checkDone(list);
  console.log(
    JSON.stringify({
      accounts: ACCOUNTS,
      plainSeconds: round2(median(plain)),
      oursSeconds: round2(median(ours)),
      times: round2(times),
      sandboxPerSecond: Math.round(perSecond),
      held: times <= MOST_TIMES && perSecond >= LEAST_PER_SECOND,
    }),
  );
  process.exitCode = times <= MOST_TIMES && perSecond >= LEAST_PER_SECOND ? 0 : 1;
}

const round2 = (value: number): number => Math.round(value * 100) / 100;

const folder = mkdtempSync(path.join(tmpdir(), 'weir-bench-'));
chmodSync(folder, 0o711);
const server = await startEmbeddedPostgres(folder);
process.env.DATABASE_URL = server.url;
for (const cap of ['ACTION', 'PERSON_DAY', 'HOUR']) process.env[`WEIR_CAP_${cap}`] = '100000000';
try {
  await migrate(server.url);
  await prepareAppRole(server.url);
  await measure();
} finally {
  await closeDatabase();
  await stopEmbeddedPostgres(server.pid);
  rmSync(folder, { recursive: true, force: true });
}
