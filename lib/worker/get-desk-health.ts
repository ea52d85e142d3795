import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { getVerification } from '@/lib/audit/get-verification';
import { database } from '@/lib/database/client';
import { chooseProvider } from '@/lib/enforcement/providers/choose-provider';
import { getDeliveryStandings } from '@/lib/notifications/get-delivery';
import type { DeskHealth } from './health-schema';

/** Seconds without a sign of life after which nobody counts on a worker: they give one every second. */
const ALIVE_SECONDS = 30;

/** How worker, audit log, provider and notifications stand. @throws AppError forbidden */
export async function getDeskHealth(actor: Actor): Promise<DeskHealth> {
  requireRight(actor, 'desk.read');
  const [worker, log, provider, delivery] = await Promise.all([
    readWorkers(),
    getVerification(actor),
    readProvider(),
    getDeliveryStandings(actor),
  ]);
  return {
    worker,
    audit: {
      state: log.state,
      waiting: log.lag.entries,
      waitingSeconds: log.lag.seconds,
      signedAt: log.signedAt,
    },
    provider,
    delivery,
  };
}

async function readWorkers(): Promise<DeskHealth['worker']> {
  const [row] = await database().$queryRaw<
    { running: number; seenAt: Date | null; late: number; lateSeconds: number | null }[]
  >`
    SELECT count(*) FILTER (WHERE seen_at > now() - make_interval(secs => ${ALIVE_SECONDS}))::int AS running,
      max(seen_at) AS "seenAt", jobs.late, jobs."lateSeconds"
    FROM (SELECT count(*)::int AS late, extract(epoch FROM now() - min(run_at))::float8 AS "lateSeconds"
      FROM graphile_worker.jobs WHERE locked_at IS NULL AND run_at < now() AND attempts < max_attempts) jobs
    LEFT JOIN worker ON true GROUP BY jobs.late, jobs."lateSeconds"`;
  return {
    running: row?.running ?? 0,
    seenAt: row?.seenAt?.toISOString() ?? null,
    late: row?.late ?? 0,
    lateSeconds: Math.max(0, row?.lateSeconds ?? 0),
  };
}

async function readProvider(): Promise<DeskHealth['provider']> {
  const [chosen, [counts]] = await Promise.all([
    chooseProvider(),
    database().$queryRaw<Omit<DeskHealth['provider'], 'name' | 'shadow'>[]>`
      WITH lately AS (SELECT id, status FROM proposal
        WHERE status IN ('running', 'paused') OR finished_at > now() - interval '1 day')
      SELECT count(*) FILTER (WHERE i.state = 'done')::int AS done,
        count(*) FILTER (WHERE i.state = 'retrying')::int AS retrying,
        count(*) FILTER (WHERE i.state = 'dead')::int AS failed,
        (SELECT count(*)::int FROM lately WHERE status = 'paused') AS paused
      FROM lately JOIN proposal_item i ON i.proposal_id = lately.id`,
  ]);
  const { done = 0, retrying = 0, failed = 0, paused = 0 } = counts ?? {};
  return { name: chosen.provider.name, shadow: chosen.shadow, done, retrying, failed, paused };
}
