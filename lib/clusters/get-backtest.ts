import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { DetectionBacktest } from '@/lib/database/generated/client';
import type { DetectionConfig } from '@/lib/detection/schema';
import { AppError } from '@/lib/errors';
import { MAX_ID } from '@/lib/storable-id';
import type { BacktestResult, BacktestRow, BacktestState } from './backtest-schema';
import { countNewer, staleBecause } from './backtest-standing';

type Stored = DetectionBacktest & { requestedBy: { name: string } | null };
const include = { requestedBy: { select: { name: true } } } as const;

/** The latest backtest unless it was settled: what the settings' page goes on with. @throws AppError forbidden */
export async function getOpenBacktest(actor: Actor): Promise<BacktestRow | null> {
  requireRight(actor, 'desk.read');
  const latest = await database().detectionBacktest.findFirst({ orderBy: { id: 'desc' }, include });
  return latest && ['waiting', 'running', 'done', 'failed'].includes(latest.state) ? toRow(latest) : null;
}

/** One backtest with what it found. @throws AppError forbidden, not_found */
export async function getBacktest(actor: Actor, id: number): Promise<BacktestRow> {
  requireRight(actor, 'desk.read');
  const found =
    id <= MAX_ID ? await database().detectionBacktest.findUnique({ where: { id }, include }) : null;
  if (!found) throw new AppError('not_found', 'There is no such backtest. Reload the page.');
  return toRow(found);
}

async function toRow(row: Stored): Promise<BacktestRow> {
  const stored = row.result as unknown as BacktestResult<number> | null;
  const done = row.state === 'done';
  const [result, names, stale, newerRecords] = await Promise.all([
    stored && withAccountIds(stored),
    stored ? namesOf(stored) : {},
    done ? staleBecause(row) : null,
    done ? countNewer(row) : 0,
  ]);
  return {
    id: row.id,
    state: row.state as BacktestState,
    step: row.step,
    baseVersion: row.baseVersion,
    value: row.value as unknown as DetectionConfig,
    requestedBy: row.requestedBy?.name ?? null,
    requestedAt: row.requestedAt.toISOString(),
    lookedAt: row.lookedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    result,
    names,
    problem: row.problem,
    adoptedVersion: row.adoptedVersion,
    stale,
    newerRecords,
  };
}

/** Accounts are kept by our key, so that one that is forgotten has no name here either. */
async function withAccountIds(result: BacktestResult<number>): Promise<BacktestResult<string>> {
  const keys = result.clusters.flatMap(({ gained, lost }) => [...gained.some, ...lost.some]);
  const accounts = await database().account.findMany({
    where: { key: { in: [...new Set(keys)] } },
    select: { key: true, id: true },
  });
  const idOf = new Map(accounts.map((account) => [account.key, account.id]));
  const named = ({ accounts, some }: { accounts: number; some: number[] }) => ({
    accounts,
    some: some.flatMap((key) => idOf.get(key) ?? []),
  });
  return {
    ...result,
    clusters: result.clusters.map((each) => ({
      ...each,
      gained: named(each.gained),
      lost: named(each.lost),
    })),
  };
}

async function namesOf({ clusters }: BacktestResult<number>): Promise<Record<number, string>> {
  const ids = clusters.flatMap((each) => [each.clusterId, each.otherClusterId]).filter((id) => id !== null);
  const rows = await database().cluster.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return Object.fromEntries(rows.map((row) => [row.id, row.name]));
}
