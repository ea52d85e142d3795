import { requireRight } from '@/lib/access/require-right';
import type { Actor, Person } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { requireUser } from '@/lib/clusters/require-user';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { touchCampaign } from './find-campaign';
import { lockHypothesis } from './find-hypothesis';
import { attributionObjection, campaignRef } from './rules';
import type { AssessInput } from './schema';

/**
 * Says anew how sure one is of a hypothesis, attributes the campaign to it, or withdraws it; what was thought before
 * stays in its history. Attributing takes evidence for it, and ends the attribution to another actor.
 * @throws AppError forbidden, not_found; conflict when somebody assessed it since, or nothing would change;
 *   bad_input when nothing speaks for it or the confidence is low
 */
export async function assessHypothesis(actor: Actor, input: AssessInput): Promise<void> {
  requireRight(actor, 'campaign.manage');
  const person = requireUser(actor);
  const reason = storableText(input.reason);
  await inTransaction(async (tx) => {
    const before = await lockHypothesis(tx, input.hypothesisId);
    if (before.revision !== input.revision)
      throw new AppError(
        'conflict',
        'Somebody assessed this hypothesis since you opened it. Reload the page and look again.',
      );
    if (before.state === input.state && before.confidence === input.confidence)
      throw new AppError('conflict', 'This is what stands already. Nothing was changed.');
    if (input.state === 'attributed') {
      const objection = attributionObjection(before.evidence, input.confidence);
      if (objection) throw new AppError('bad_input', objection);
      await stepDown(tx, person, before, reason);
    }
    await revise(tx, before.id, before.revision, input.state, input.confidence, reason, person);
    await touchCampaign(tx, before.campaign.id);
    await writeAudit(tx, person, {
      verb: 'campaign.assess',
      object: { type: 'campaign', id: campaignRef(before.campaign.id), label: before.campaign.name },
      reason,
      before: { state: before.state, confidence: before.confidence },
      after: { state: input.state, confidence: input.confidence },
      detail: { hypothesis: before.id, actor: before.actor.name },
    });
  });
}

/** The hypothesis that the campaign was attributed to stands again beside the others. */
async function stepDown(
  tx: Transaction,
  person: Person,
  next: { id: number; campaign: { id: number; name: string }; actor: { name: string } },
  reason: string,
): Promise<void> {
  const former = await tx.hypothesis.findFirst({
    where: { campaignId: next.campaign.id, state: 'attributed', id: { not: next.id } },
    include: { actor: true },
  });
  if (!former) return;
  const why = `Attributed to ${next.actor.name} instead. ${reason}`;
  await revise(tx, former.id, former.revision, 'standing', former.confidence, why, person);
  await writeAudit(tx, person, {
    verb: 'campaign.assess',
    object: { type: 'campaign', id: campaignRef(next.campaign.id), label: next.campaign.name },
    reason: why,
    before: { state: 'attributed', confidence: former.confidence },
    after: { state: 'standing', confidence: former.confidence },
    detail: { hypothesis: former.id, actor: former.actor.name },
  });
}

async function revise(
  tx: Transaction,
  id: number,
  from: number,
  state: AssessInput['state'],
  confidence: number,
  reason: string,
  person: Person,
): Promise<void> {
  await tx.hypothesis.update({ where: { id }, data: { state, confidence, revision: from + 1 } });
  await tx.hypothesisRevision.create({
    data: { hypothesisId: id, revision: from + 1, state, confidence, reason, authorId: person.id },
  });
}
