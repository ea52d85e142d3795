import { database } from '@/lib/database/client';

/** As if the clock had gone on: the claims of a proposal run out, and its retries are due. */
export async function makeDue(proposalId: number): Promise<void> {
  const past = new Date(0);
  await database().enforcementClaim.updateMany({
    where: { proposalId, leaseUntil: { not: null } },
    data: { leaseUntil: past },
  });
  await database().proposalItem.updateMany({
    where: { proposalId, state: { in: ['sent', 'retrying'] } },
    data: { nextAttemptAt: past },
  });
}
