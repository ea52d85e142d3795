/** When a stage may go on, by the database's clock. A clock that jumps back leaves times in the future that are
 * farther off than any wait of ours: such a wait begins anew, it never lasts for as long as the jump was. */
import type { BulkTransaction } from '@/lib/database/bulk-transaction';
import { Prisma } from '@/lib/database/generated/client';

/** The first stage in which something is open, or null when nothing is. */
export async function firstOpenStage(tx: BulkTransaction, id: number): Promise<number | null> {
  const [open] = await tx.query<{ stage: number | null }>(Prisma.sql`
    SELECT min(stage)::int AS stage FROM proposal_item
    WHERE proposal_id = ${id} AND state IN ('waiting', 'sent', 'retrying')`);
  return open?.stage ?? null;
}

/** Seconds that are left of watching the stages before this one; 0 when it may start. The watch begins with the last
 * answer of the stages before, and its end is kept with the proposal. */
export async function secondsOfWatching(
  tx: BulkTransaction,
  id: number,
  stage: number,
  watch: number,
): Promise<number> {
  if (stage === 0 || watch === 0) return 0;
  const [kept] = await tx.query<{ left: number | null }>(Prisma.sql`
    SELECT extract(epoch FROM watch_until - now())::float8 AS left
    FROM proposal WHERE id = ${id} AND watch_stage = ${stage}::smallint`);
  if (kept?.left != null && kept.left <= watch + 1) return Math.max(0, kept.left);
  const [set] = await tx.query<{ left: number }>(Prisma.sql`
    UPDATE proposal SET watch_stage = ${stage}::smallint, watch_until = COALESCE((
        SELECT LEAST(max(done_at), now()) FROM proposal_item
        WHERE proposal_id = ${id} AND stage < ${stage}::smallint AND state IN ('done', 'dead')
      ) + make_interval(secs => ${watch}::float8), now())
    WHERE id = ${id} RETURNING extract(epoch FROM watch_until - now())::float8 AS left`);
  return Math.max(0, set?.left ?? 0);
}

/** What a stage in which nothing could be claimed waits for. */
export interface Pending {
  /** Seconds until a retry or a claim of somebody else is due, negative when it is; null when there is none. */
  seconds: number | null;
  /** Accounts that were never tried. */
  waiting: number;
}

export async function readPending(tx: BulkTransaction, id: number, stage: number): Promise<Pending> {
  const [row] = await tx.query<Pending>(Prisma.sql`
    SELECT min(extract(epoch FROM next_attempt_at - now())) FILTER (WHERE state IN ('sent', 'retrying'))::float8 AS seconds,
      count(*) FILTER (WHERE state = 'waiting')::int AS waiting
    FROM proposal_item
    WHERE proposal_id = ${id} AND stage = ${stage}::smallint AND state IN ('waiting', 'sent', 'retrying')`);
  return row ?? { seconds: null, waiting: 0 };
}
