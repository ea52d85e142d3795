import type { Actor } from '@/lib/access/schema';
import { writeAudits } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { proposalRef } from './rules';

/** Ends the proposals that waited longer than they may. @returns their ids */
export async function expireProposals(actor: Extract<Actor, { kind: 'system' }>): Promise<number[]> {
  return inTransaction(async (tx) => {
    const expired = await tx.$queryRaw<{ id: number }[]>`
      UPDATE proposal SET status = 'expired', finished_at = now()
      WHERE status = 'waiting' AND expires_at <= now() RETURNING id`;
    await writeAudits(
      tx,
      actor,
      expired.map(({ id }) => ({
        verb: 'proposal.expire',
        object: { type: 'proposal', id: proposalRef(id) },
        before: { status: 'waiting' },
        after: { status: 'expired' },
      })),
    );
    return expired.map(({ id }) => id);
  });
}
