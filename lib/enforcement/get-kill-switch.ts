import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { KillSwitchState } from './kill-switch-schema';
import { mayRelease } from './read-kill-switch';

const PERSON = { select: { id: true, name: true } } as const;

/** Whether all enforcement is stopped, by whom, and what it holds up. @throws AppError forbidden */
export async function getKillSwitch(actor: Actor): Promise<KillSwitchState> {
  requireRight(actor, 'desk.read');
  const [row, live] = await Promise.all([
    database().killSwitch.findFirst({
      where: { releasedAt: null },
      include: {
        turnedOnBy: PERSON,
        askedBy: { select: { id: true, name: true, role: true, disabledAt: true } },
      },
    }),
    database().proposal.findMany({
      where: { status: { in: ['approved', 'running', 'paused'] } },
      orderBy: { id: 'asc' },
      select: { id: true },
    }),
  ]);
  const askedBy = row?.askedBy && mayRelease(row.askedBy) ? row.askedBy : null;
  return {
    on: row && { by: row.turnedOnBy, at: row.turnedOnAt.toISOString(), reason: row.reason },
    asked:
      askedBy && row?.askedAt
        ? {
            by: { id: askedBy.id, name: askedBy.name },
            at: row.askedAt.toISOString(),
            reason: row.askedReason ?? '',
          }
        : null,
    underWay: live.map(({ id }) => id),
  };
}
