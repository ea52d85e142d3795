import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { DetectionRun } from '@/lib/database/generated/client';
import type { DeskStatus } from './overview-schema';
import { IN_QUEUE } from './queue-conditions';
import { STANDING } from './review/standing-reviews';

/** What the shell says on every page. @throws AppError forbidden */
export async function getDeskStatus(actor: Actor): Promise<DeskStatus> {
  requireRight(actor, 'desk.read');
  const [simulated, run, ingest, clusters, approvals, appeals, reviews, shares, unread, killSwitch] =
    await Promise.all([
      database().ingestRun.findFirst({
        where: { simulated: true, accepted: { gt: 0 } },
        select: { id: true },
      }),
      database().detectionRun.findFirst({ orderBy: { id: 'desc' } }),
      database().ingestRun.aggregate({ _max: { lastRecordAt: true } }),
      database().cluster.count({ where: IN_QUEUE }),
      countApprovalsFor(actor),
      countAppealsFor(actor),
      countReviewsFor(actor),
      countSharesFor(actor),
      countUnread(actor),
      readKillSwitch(),
    ]);
  return {
    simulated: simulated !== null,
    detection: run && {
      finishedAt: run.finishedAt.toISOString(),
      accounts: run.accounts,
      seconds: secondsOf(run),
    },
    lastRecordAt: ingest._max.lastRecordAt?.toISOString() ?? null,
    killSwitch,
    counts: {
      clusters,
      approvalsForMe: approvals,
      appealsForMe: appeals,
      reviewsForMe: reviews,
      sharesForMe: shares,
      unread,
    },
  };
}

async function readKillSwitch(): Promise<DeskStatus['killSwitch']> {
  const name = { select: { name: true } } as const;
  const on = await database().killSwitch.findFirst({
    where: { releasedAt: null },
    include: { turnedOnBy: name, askedBy: name },
  });
  return (
    on && {
      reason: on.reason,
      by: on.turnedOnBy.name,
      at: on.turnedOnAt.toISOString(),
      askedBy: on.askedBy?.name ?? null,
    }
  );
}

/** How long a run took, in seconds. */
export function secondsOf(run: Pick<DetectionRun, 'startedAt' | 'finishedAt'>): number {
  return (run.finishedAt.getTime() - run.startedAt.getTime()) / 1000;
}

/** Waiting proposals of others that this person has not answered yet. */
async function countApprovalsFor(actor: Actor): Promise<number> {
  if (actor.kind !== 'user' || !may(actor, 'proposal.approve')) return 0;
  return database().proposal.count({
    where: {
      status: 'waiting',
      expiresAt: { gt: new Date() },
      proposedById: { not: actor.id },
      approvals: { none: { approverId: actor.id } },
    },
  });
}

/** Open appeals against acts of ours that this person may take up or has. */
async function countAppealsFor(actor: Actor): Promise<number> {
  if (actor.kind !== 'user' || !may(actor, 'appeal.decide')) return 0;
  const [row] = await database().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count
    FROM appeal a LEFT JOIN LATERAL appealed_act(a.account_key, a.received_at) found ON a.proposal_id IS NULL
    WHERE a.state = 'open' AND (a.assignee_id IS NULL OR a.assignee_id = ${actor.id}::int)
      AND COALESCE(a.proposal_id, found.proposal_id) IS NOT NULL
      AND NOT had_part_in(${actor.id}::int, COALESCE(a.proposal_id, found.proposal_id), a.account_key)`;
  return row?.count ?? 0;
}

/** Samples that this person has taken up, or that nobody has and they did not confirm. */
async function countReviewsFor(actor: Actor): Promise<number> {
  if (actor.kind !== 'user' || !may(actor, 'cluster.review')) return 0;
  const [row] = await database().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM review r
    WHERE ${STANDING} AND r.confirmed_by_id <> ${actor.id}::int
      AND (r.reviewer_id IS NULL OR r.reviewer_id = ${actor.id}::int)`;
  return row?.count ?? 0;
}

/** What waits to be shared with partners and somebody else proposed. */
async function countSharesFor(actor: Actor): Promise<number> {
  if (actor.kind !== 'user' || !may(actor, 'share.approve')) return 0;
  return database().share.count({ where: { status: 'waiting', proposedById: { not: actor.id } } });
}

/** Notifications that the person has not seen. */
async function countUnread(actor: Actor): Promise<number> {
  if (actor.kind !== 'user') return 0;
  return database().notification.count({ where: { userId: actor.id, readAt: null } });
}
