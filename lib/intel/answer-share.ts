import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit, writeRefusal } from '@/lib/audit/write-audit';
import { requireUser } from '@/lib/clusters/require-user';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { keepFrozenVersions } from './keep-versions';
import { type LockedShare, lockShare } from './lock-share';
import { campaignRef, shareRef } from './rules';
import type { AnswerShareInput, ShareStatus } from './share-schema';
import { bundleSchema } from './stix/schema';
import { publishShare } from './taxii/publish-share';

/**
 * A second person's word on what would leave. Approving binds to the bundle's hash; from then on it can be taken.
 * Refused attempts are written to the audit.
 * @returns the status afterwards
 * @throws AppError forbidden (own share, wrong role), conflict (too late, another bundle, something of it left in
 *   another version), unproved, not_found
 */
export async function answerShare(actor: Actor, input: AnswerShareInput): Promise<{ status: ShareStatus }> {
  const approves = input.verdict === 'approve';
  const verb = approves ? 'share.approve' : 'share.reject';
  try {
    requireRight(actor, 'share.approve');
    const person = requireUser(actor);
    return await inTransaction(async (tx) => {
      const share = await lockShare(tx, input.shareId);
      refuse(share, person.id, input);
      if (approves) {
        requireFresh(person);
        await letOut(tx, share);
      }
      const status = approves ? 'approved' : 'rejected';
      await tx.share.update({
        where: { id: share.id },
        data: {
          status,
          decidedById: person.id,
          decidedAt: new Date(),
          decidedReason: storableText(input.reason),
        },
      });
      await writeAudit(tx, person, {
        verb,
        object: { type: 'share', id: shareRef(share.id), label: share.campaign },
        reason: input.reason,
        before: { status: share.status },
        after: { status },
        detail: { campaign: campaignRef(share.campaignId), tlp: share.tlp, sha256: share.sha256 },
      });
      return { status };
    });
  } catch (error) {
    if (error instanceof AppError && error.code !== 'not_found')
      await writeRefusal(actor, {
        verb,
        object: { type: 'share', id: shareRef(input.shareId) },
        reason: error.forPerson,
      });
    throw error;
  }
}

function refuse(share: LockedShare, personId: number, input: AnswerShareInput): void {
  const ref = shareRef(share.id);
  if (share.proposedById === personId)
    throw new AppError('forbidden', 'Refused: you proposed it. Somebody else has to approve or reject it.');
  if (share.status !== 'waiting')
    throw new AppError('conflict', `${ref} is ${share.status} already. Reload the page.`);
  if (share.sha256 !== input.sha256)
    throw new AppError('conflict', `What you saw is not what ${ref} holds. Reload the page and look again.`);
}

/** From now on these are the versions that partners have, and can poll. */
async function letOut(tx: Transaction, { id, bundle: text, collectionId }: LockedShare): Promise<void> {
  const bundle = bundleSchema.parse(JSON.parse(text));
  await keepFrozenVersions(tx, bundle);
  if (collectionId !== null) await publishShare(tx, { id, collectionId }, bundle);
}
