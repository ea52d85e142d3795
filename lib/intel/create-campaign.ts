import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { requireUser } from '@/lib/clusters/require-user';
import { Prisma } from '@/lib/database/generated/client';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { moveCluster } from './assign-cluster';
import { campaignRef } from './rules';
import { type CreateCampaignInput, createCampaignSchema } from './schema';

/**
 * Opens a campaign, with its first cluster when one is named.
 * @throws AppError forbidden; not_found, conflict (the name is taken, the cluster is in another campaign or dismissed)
 */
export async function createCampaign(actor: Actor, input: CreateCampaignInput): Promise<{ id: number }> {
  requireRight(actor, 'campaign.manage');
  const person = requireUser(actor);
  const { name, summary, clusterId } = createCampaignSchema.parse(input);
  return onlyName(name, () =>
    inTransaction(async (tx) => {
      const campaign = await tx.campaign.create({
        data: { name: storableText(name), summary: storableText(summary), createdById: person.id },
      });
      await writeAudit(tx, person, {
        verb: 'campaign.create',
        object: { type: 'campaign', id: campaignRef(campaign.id), label: campaign.name },
        after: { name: campaign.name, summary: campaign.summary },
      });
      if (clusterId !== undefined) {
        const reason = 'The campaign began with it.';
        await moveCluster(tx, person, { clusterId, from: null, to: campaign.id, reason });
      }
      return { id: campaign.id };
    }),
  );
}

/** Turns the refusal of a second campaign with the same name into words. */
export async function onlyName<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new AppError(
      'conflict',
      `There is a campaign called "${name}" already. Choose it, or give another name.`,
    );
  }
}

const isTaken = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
