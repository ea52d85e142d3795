import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { requireUser } from '@/lib/clusters/require-user';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { lockShare } from './lock-share';
import { campaignRef, shareRef } from './rules';
import type { EndShareInput } from './share-schema';
import { unpublishShare } from './taxii/publish-share';

/**
 * Withdraws a share that waits, or stops offering one that was approved. What partners have taken they keep.
 * @throws AppError forbidden (only an approver ends what was approved), not_found, conflict when there is nothing to end
 */
export async function endShare(actor: Actor, input: EndShareInput): Promise<void> {
  requireRight(actor, 'share.propose');
  const person = requireUser(actor);
  await inTransaction(async (tx) => {
    const share = await lockShare(tx, input.shareId);
    const ref = shareRef(share.id);
    const waits = share.status === 'waiting';
    if (!waits && share.status !== 'approved')
      throw new AppError('conflict', `${ref} is ${share.status} already. Reload the page.`);
    if (share.proposedById !== person.id && !may(person, 'share.approve'))
      throw new AppError('forbidden', `${ref} is somebody else’s. Ask them, or an approver, to end it.`);
    const status = waits ? 'withdrawn' : 'ended';
    await tx.share.update({
      where: { id: share.id },
      data: { status, endedById: person.id, endedAt: new Date(), endedReason: storableText(input.reason) },
    });
    const { id, collectionId } = share;
    if (!waits && collectionId !== null) await unpublishShare(tx, { id, collectionId });
    await writeAudit(tx, person, {
      verb: waits ? 'share.withdraw' : 'share.end',
      object: { type: 'share', id: ref, label: share.campaign },
      reason: input.reason,
      before: { status: share.status },
      after: { status },
      detail: { campaign: campaignRef(share.campaignId), sha256: share.sha256 },
    });
  });
}
