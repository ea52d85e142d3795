import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { requireUser } from '@/lib/clusters/require-user';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { touchCampaign } from './find-campaign';
import { lockHypothesis } from './find-hypothesis';
import { attributionObjection, campaignRef } from './rules';
import type { WithdrawEvidenceInput } from './schema';

/** Takes back evidence that proved wrong; it stays readable. @throws AppError forbidden, not_found; conflict when it is
 * withdrawn already, or is the last that speaks for what the campaign is attributed to */
export async function withdrawEvidence(actor: Actor, input: WithdrawEvidenceInput): Promise<void> {
  requireRight(actor, 'campaign.manage');
  const person = requireUser(actor);
  const reason = storableText(input.reason);
  await inTransaction(async (tx) => {
    const item = await tx.hypothesisEvidence.findUnique({ where: { id: input.evidenceId } });
    if (!item) throw new AppError('not_found', 'There is no such evidence. Reload the page.');
    const { campaign } = await lockHypothesis(tx, item.hypothesisId);
    const { count } = await tx.hypothesisEvidence.updateMany({
      where: { id: item.id, withdrawnAt: null },
      data: { withdrawnAt: new Date(), withdrawnById: person.id, withdrawnReason: reason },
    });
    if (count === 0) throw new AppError('conflict', 'Somebody has withdrawn this already.');
    const after = await lockHypothesis(tx, item.hypothesisId);
    if (after.state === 'attributed' && attributionObjection(after.evidence, after.confidence))
      throw new AppError(
        'conflict',
        `It is the last that speaks for ${after.actor.name}, to which the campaign is attributed. Assess the hypothesis first.`,
      );
    await touchCampaign(tx, campaign.id);
    await writeAudit(tx, person, {
      verb: 'campaign.withdraw_evidence',
      object: { type: 'campaign', id: campaignRef(campaign.id), label: campaign.name },
      reason,
      before: { side: item.side, text: item.body },
      detail: { hypothesis: item.hypothesisId, actor: after.actor.name, evidence: item.id },
    });
  });
}
