import type { Transaction } from '@/lib/database/transaction';
import type { MuteValue } from '../mute-schema';
import type { EvidenceValue } from '../schema';

const DAY_MS = 86_400_000;
/** Strongest values kept of each kind. */
const VALUES = 20;

/** Keeps the pattern of a cluster that is being dismissed, in the decision's own transaction. */
export async function mutePattern(
  tx: Transaction,
  { clusterId, decisionId, accounts }: { clusterId: number; decisionId: number; accounts: number },
  days: number,
): Promise<Date> {
  const evidence = await tx.evidence.findMany({ where: { clusterId }, orderBy: { points: 'desc' } });
  const values: MuteValue[] = evidence.flatMap(({ kind, values: stored }) =>
    (stored as unknown as EvidenceValue[])
      .filter((value) => value.indicatorId !== '')
      .slice(0, VALUES)
      .map(({ indicatorId, value }) => ({ kind, indicatorId, value })),
  );
  const expiresAt = new Date(Date.now() + days * DAY_MS);
  await tx.mutedPattern.create({
    data: {
      clusterId,
      decisionId,
      expiresAt,
      accounts,
      kinds: evidence.filter(({ points }) => points > 0).map(({ kind }) => kind),
      values: values.map((value) => ({ ...value })),
    },
  });
  return expiresAt;
}

/** Ends the mutes of a cluster that is decided anew: one would hide it again, or bring it back by what it was.
 * @returns how many */
export async function endMutesOf(
  tx: Transaction,
  clusterId: number,
  endedCause: 'reopened' | 'replaced',
): Promise<number> {
  const live = await tx.mutedPattern.findMany({ where: { clusterId, endedAt: null }, select: { id: true } });
  const ids = live.map((mute) => mute.id);
  await tx.cluster.updateMany({ where: { mutedById: { in: ids } }, data: { mutedById: null } });
  await tx.mutedPattern.updateMany({
    where: { id: { in: ids } },
    data: { endedAt: new Date(), endedCause },
  });
  return ids.length;
}
