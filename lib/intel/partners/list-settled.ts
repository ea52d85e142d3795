import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { SettledValue } from '../partner-schema';

const SHOWN = 200;

/** What people decided about values that partners name, the latest first. @throws AppError forbidden: it holds addresses */
export async function listSettled(actor: Actor): Promise<SettledValue[]> {
  requireRight(actor, 'desk.read_sensitive');
  const rows = await database().partnerVerdict.findMany({
    orderBy: { decidedAt: 'desc' },
    take: SHOWN,
    include: { decidedBy: { select: { id: true, name: true } } },
  });
  return rows.map(({ indicatorId, kind, value, counts, reason, decidedBy, decidedAt }) => ({
    indicatorId: String(indicatorId),
    kind,
    value,
    counts,
    reason,
    decidedBy,
    decidedAt: decidedAt.toISOString(),
  }));
}
