import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import type { RetentionReport } from './retention-schema';
import { readRetention } from './retention-settings';

interface Row {
  days: number;
  oldest: string | null;
  dropped_days: number;
  dropped: number;
  newest: string | null;
  last: Date | null;
  exemplars: number;
  templates: number;
  next: Date | null;
  forgotten: number;
}

/** How long telemetry is kept here, what is there and what has gone. Counts only. @throws AppError forbidden */
export async function getRetention(actor: Actor): Promise<RetentionReport> {
  requireRight(actor, 'desk.read');
  const [row] = await database().$queryRaw<Row[]>`
    SELECT raw.*, gone.*, kept.*, (SELECT count(*)::int FROM forgotten_account) AS forgotten
    FROM (
      SELECT count(*)::int AS days,
        to_char(min((regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \\(''([^'']+)''\\)'))[1]::timestamptz)
          AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS oldest
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'exchange'::regclass) raw,
    (SELECT count(*)::int AS dropped_days, COALESCE(sum(rows), 0)::float8 AS dropped,
        to_char(max(day), 'YYYY-MM-DD') AS newest, max(dropped_at) AS last FROM exchange_drop) gone,
    (SELECT count(*)::int AS exemplars, count(DISTINCT template_id)::int AS templates, min(expires_at) AS next
      FROM exemplar WHERE expires_at > now()) kept`;
  const { days, oldest, dropped_days, dropped, newest, last, exemplars, templates, next, forgotten } = row!;
  return {
    ...readPeriods(),
    raw: { days, oldestDay: oldest },
    dropped:
      newest && last
        ? { days: dropped_days, exchanges: dropped, newestDay: newest, lastAt: last.toISOString() }
        : null,
    exemplars: { kept: exemplars, templates, nextExpiresAt: next?.toISOString() ?? null },
    forgottenAccounts: forgotten,
  };
}

function readPeriods(): Pick<RetentionReport, 'periods' | 'problem'> {
  try {
    return { periods: readRetention(process.env), problem: null };
  } catch (error) {
    if (error instanceof AppError) return { periods: null, problem: error.forPerson };
    throw error;
  }
}
