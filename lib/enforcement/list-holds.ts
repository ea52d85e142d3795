import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { HoldRow } from './hold-schema';

/** Rows shown; the rest are found on their accounts' pages. */
const ROWS = 500;

/** Holds in force, newest first. @param accountId only this account's @throws AppError forbidden */
export async function listHolds(
  actor: Actor,
  accountId?: string,
): Promise<{ rows: HoldRow[]; total: number }> {
  requireRight(actor, 'desk.read');
  const where = {
    endedAt: null,
    OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
    ...(accountId !== undefined && { account: { id: accountId } }),
  };
  const [rows, total] = await Promise.all([
    database().accountHold.findMany({
      where,
      orderBy: { id: 'desc' },
      take: ROWS,
      include: { account: { select: { id: true } }, createdBy: { select: { name: true } } },
    }),
    database().accountHold.count({ where }),
  ]);
  return {
    total,
    rows: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      accountId: row.account.id,
      reason: row.reason,
      createdBy: row.createdBy?.name ?? null,
      createdAt: row.createdAt.toISOString(),
      // It holds to the end of that day.
      lastDay: row.expiresAt ? new Date(row.expiresAt.getTime() - 1).toISOString().slice(0, 10) : null,
    })),
  };
}
