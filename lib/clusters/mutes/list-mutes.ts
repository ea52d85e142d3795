import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { MuteRow, MuteValue } from '../mute-schema';
import { MUTED } from '../queue-conditions';
import { HIDDEN, isSensitiveKind } from '../rules';

/** Mutes that are over, newest first. */
const PAST_SHOWN = 20;

/** The mutes in force, those that end first before the others, then the latest that are over. @throws AppError forbidden */
export async function listMutes(actor: Actor): Promise<MuteRow[]> {
  requireRight(actor, 'desk.read');
  const include = {
    cluster: { select: { id: true, name: true } },
    decision: { select: { reasonCode: true, reason: true, author: { select: { name: true } } } },
    endedBy: { select: { name: true } },
    hides: { where: MUTED, orderBy: { score: 'desc' } },
  } as const;
  const [live, past] = await Promise.all([
    database().mutedPattern.findMany({ where: { endedAt: null }, orderBy: { expiresAt: 'asc' }, include }),
    database().mutedPattern.findMany({
      where: { endedAt: { not: null } },
      orderBy: { endedAt: 'desc' },
      take: PAST_SHOWN,
      include,
    }),
  ]);
  return [...live, ...past].map((row) => ({
    id: row.id,
    cluster: row.cluster,
    reasonCode: row.decision.reasonCode,
    reason: row.decision.reason,
    mutedBy: row.decision.author.name,
    mutedAt: row.mutedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    accounts: row.accounts,
    kinds: row.kinds,
    values: (row.values as unknown as MuteValue[]).map((value) => hide(actor, value)),
    hides: row.hides.map(({ id, name, accounts, score }) => ({ id, name, accounts, score })),
    ended: row.endedAt && {
      at: row.endedAt.toISOString(),
      cause: row.endedCause ?? '',
      by: row.endedBy?.name ?? null,
      reason: row.endedReason,
    },
  }));
}

function hide(actor: Actor, value: MuteValue): MuteValue {
  if (may(actor, 'desk.read_sensitive') || !isSensitiveKind(value.kind)) return value;
  return { kind: value.kind, indicatorId: '', value: HIDDEN };
}
