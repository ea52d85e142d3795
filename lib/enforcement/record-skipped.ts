import type { Actor } from '@/lib/access/schema';
import { writeBulkAudit } from '@/lib/audit/write-audit';
import type { BulkTransaction } from '@/lib/database/bulk-transaction';
import type { ClaimedItem } from './claim-items';
import { auditObject } from './lock-proposal';
import type { StartedProposal } from './move-execution';

/** The audit entry about accounts of one claim that are left as they are. */
export async function recordSkipped(
  tx: BulkTransaction,
  actor: Actor,
  proposal: Pick<StartedProposal, 'id' | 'action' | 'clusterName'>,
  stage: number,
  skipped: readonly ClaimedItem[],
): Promise<void> {
  if (skipped.length === 0) return;
  const dead = skipped.filter((item) => item.state === 'dead').length;
  await writeBulkAudit(tx, actor, {
    verb: 'enforcement.apply',
    object: auditObject(proposal),
    detail: {
      action: proposal.action,
      stage,
      skipped: skipped.length - dead,
      ...(dead > 0 && { dead }),
      accounts: skipped.map((item) => ({ id: item.accountId, state: item.state, outcome: item.outcome })),
    },
  });
}
