import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { requireUser } from '@/lib/clusters/require-user';
import { clusterRef } from '@/lib/clusters/rules';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { touchCampaign } from './find-campaign';
import { lockHypothesis } from './find-hypothesis';
import { campaignRef } from './rules';
import type { AddEvidenceInput } from './schema';

/** Writes down what speaks for or against a hypothesis. @throws AppError forbidden, not_found; conflict when the
 * hypothesis is withdrawn or the cluster is not in its campaign */
export async function addEvidence(actor: Actor, input: AddEvidenceInput): Promise<{ id: number }> {
  requireRight(actor, 'campaign.manage');
  const person = requireUser(actor);
  return inTransaction(async (tx) => {
    const { id, state, campaign, actor: suspect } = await lockHypothesis(tx, input.hypothesisId);
    if (state === 'withdrawn')
      throw new AppError('conflict', 'This hypothesis is withdrawn. Assess it anew before adding to it.');
    const clusterId = input.clusterId ?? null;
    if (
      clusterId !== null &&
      !(await tx.campaignCluster.findFirst({ where: { clusterId, campaignId: campaign.id } }))
    )
      throw new AppError(
        'conflict',
        `${clusterRef(clusterId)} is not in this campaign. Reload the page and look again.`,
      );
    const body = storableText(input.body);
    const item = await tx.hypothesisEvidence.create({
      data: { hypothesisId: id, side: input.side, body, clusterId, authorId: person.id },
    });
    await touchCampaign(tx, campaign.id);
    await writeAudit(tx, person, {
      verb: 'campaign.add_evidence',
      object: { type: 'campaign', id: campaignRef(campaign.id), label: campaign.name },
      after: { side: input.side, text: body, cluster: clusterId === null ? null : clusterRef(clusterId) },
      detail: { hypothesis: id, actor: suspect.name, evidence: item.id },
    });
    return { id: item.id };
  });
}
