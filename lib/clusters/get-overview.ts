import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { readSetting } from '@/lib/settings/read-setting';
import { countConflicts } from './account-conflicts';
import { secondsOf } from './desk-status';
import type { Overview, OverviewList } from './overview-schema';
import { IN_QUEUE, QUEUE_ORDER } from './queue-conditions';
import { triageLimitsSetting } from './triage-settings-schema';

const ROWS = 5;
const MONTH_MS = 30 * 86_400_000;

/** What waits for the reader, how the queue moves, and whether data still come in. @throws AppError forbidden */
export async function getOverview(actor: Actor): Promise<Overview> {
  requireRight(actor, 'desk.read');
  const reader = actor.kind === 'user' ? actor.id : 0;
  const open: Prisma.ClusterWhereInput = { status: 'open', active: true, mutedById: null };
  const unclaimed: Prisma.ClusterWhereInput = { ...open, assigneeId: null, quadrant: 'distillation' };
  const [reopened, fresh, mine, queue, latest, lines, run, conflicts] = await Promise.all([
    listOf({ status: 'open', reopenedCause: { not: null } }, QUEUE_ORDER),
    listOf(unclaimed, QUEUE_ORDER),
    listOf({ status: 'in_review', assigneeId: reader }, [{ updatedAt: 'asc' }, { id: 'asc' }]),
    queueFigures(),
    database().ingestRun.findFirst({ orderBy: { id: 'desc' } }),
    database().ingestRun.aggregate({ _sum: { accepted: true, rejected: true } }),
    database().detectionRun.findFirst({ orderBy: { id: 'desc' } }),
    countConflicts(),
  ]);
  return {
    reopened,
    unclaimed: fresh,
    mine,
    queue,
    ingest: latest && {
      source: latest.source,
      state: latest.state,
      startedAt: latest.startedAt.toISOString(),
      finishedAt: latest.finishedAt?.toISOString() ?? null,
      accepted: Number(latest.accepted),
      rejected: Number(latest.rejected),
      duplicates: Number(latest.duplicates),
    },
    lines: { accepted: Number(lines._sum.accepted ?? 0), rejected: Number(lines._sum.rejected ?? 0) },
    detection: run && {
      finishedAt: run.finishedAt.toISOString(),
      seconds: secondsOf(run),
      accounts: run.accounts,
      clusters: run.clusters,
    },
    conflicts,
  };
}

async function listOf(
  where: Prisma.ClusterWhereInput,
  orderBy: Prisma.ClusterOrderByWithRelationInput[],
): Promise<OverviewList> {
  const [total, rows] = await Promise.all([
    database().cluster.count({ where }),
    database().cluster.findMany({
      where,
      orderBy,
      take: ROWS,
      select: {
        id: true,
        name: true,
        status: true,
        reopenedCause: true,
        quadrant: true,
        score: true,
        accounts: true,
        createdAt: true,
        updatedAt: true,
      },
    }),
  ]);
  return {
    total,
    rows: rows.map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    })),
  };
}

async function queueFigures(): Promise<Overview['queue']> {
  const since = new Date(Date.now() - MONTH_MS);
  const { claimHours } = (await readSetting(triageLimitsSetting)).value;
  const [notDismissed, oldest, late, decisions, [claims]] = await Promise.all([
    database().cluster.count({ where: IN_QUEUE }),
    database().cluster.findFirst({
      where: { status: 'open', active: true, mutedById: null, assigneeId: null },
      orderBy: { createdAt: 'asc' },
      select: { createdAt: true },
    }),
    database().cluster.count({
      where: {
        status: 'open',
        active: true,
        mutedById: null,
        assigneeId: null,
        createdAt: { lte: new Date(Date.now() - claimHours * 3_600_000) },
      },
    }),
    database().decision.groupBy({
      by: ['verdict'],
      where: { at: { gte: since }, undoneAt: null },
      _count: true,
    }),
    database().$queryRaw<{ median: number | null }[]>`
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM claimed_at - created_at))::float8 AS median
      FROM cluster WHERE claimed_at >= ${since}`,
  ]);
  const decided = (verdict: 'confirm' | 'dismiss') =>
    decisions.find((d) => d.verdict === verdict)?._count ?? 0;
  return {
    notDismissed,
    late,
    claimHours,
    oldestUnclaimedAt: oldest?.createdAt.toISOString() ?? null,
    confirmed30d: decided('confirm'),
    dismissed30d: decided('dismiss'),
    medianClaimSeconds: claims?.median ?? null,
  };
}
