import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { requireUser } from '@/lib/clusters/require-user';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { lockCampaign, touchCampaign } from './find-campaign';
import { campaignRef } from './rules';
import type { SupposeInput } from './schema';

/**
 * Adds a hypothesis: this actor may be behind the campaign. It competes with those that are there.
 * @throws AppError forbidden, not_found; conflict when there is a hypothesis about this actor already
 */
export async function supposeActor(actor: Actor, input: SupposeInput): Promise<{ id: number }> {
  requireRight(actor, 'campaign.manage');
  const person = requireUser(actor);
  const reason = storableText(input.reason);
  return inTransaction(async (tx) => {
    const campaign = await lockCampaign(tx, input.campaignId);
    const suspect = await findOrAddActor(tx, storableText(input.actorName), person.id);
    const before = await tx.hypothesis.findUnique({
      where: { campaignId_actorId: { campaignId: campaign.id, actorId: suspect.id } },
      select: { state: true },
    });
    if (before) {
      const how = before.state === 'withdrawn' ? 'was withdrawn: assess it anew instead' : 'stands already';
      throw new AppError('conflict', `A hypothesis about ${suspect.name} ${how}.`);
    }
    const hypothesis = await tx.hypothesis.create({
      data: {
        campaignId: campaign.id,
        actorId: suspect.id,
        confidence: input.confidence,
        authorId: person.id,
        revisions: {
          create: {
            revision: 1,
            state: 'standing',
            confidence: input.confidence,
            reason,
            authorId: person.id,
          },
        },
      },
    });
    await touchCampaign(tx, campaign.id);
    await writeAudit(tx, person, {
      verb: 'campaign.suppose',
      object: { type: 'campaign', id: campaignRef(campaign.id), label: campaign.name },
      reason,
      after: { actor: suspect.name, state: 'standing', confidence: input.confidence },
      detail: { hypothesis: hypothesis.id },
    });
    return { id: hypothesis.id };
  });
}

/** An actor is one whatever the case of its name. */
async function findOrAddActor(
  tx: Transaction,
  name: string,
  createdById: number,
): Promise<{ id: number; name: string }> {
  // Two at once with one new name: the second waits here and then finds what the first has added.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('actor ' || lower(${name}), 0))`;
  const [known] = await tx.$queryRaw<{ id: number; name: string }[]>`
    SELECT id, name FROM actor WHERE lower(name) = lower(${name})`;
  return known ?? tx.threatActor.create({ data: { name, createdById } });
}
