import { createHash } from 'node:crypto';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit, writeRefusal } from '@/lib/audit/write-audit';
import { requireUser } from '@/lib/clusters/require-user';
import type { Prisma } from '@/lib/database/generated/client';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { lockCampaign } from './find-campaign';
import { readVersions } from './keep-versions';
import { contentSha256, readContent } from './preview-share';
import { withoutPrivate } from './read-values';
import { campaignRef, shareRef } from './rules';
import { type ProposeShareInput, takesTlp } from './share-schema';
import { stampBundle } from './stix/stamp-bundle';

/**
 * Freezes what would leave, to the byte; somebody else approves it. Nothing leaves yet. Refused attempts are written to
 * the audit.
 * @throws AppError forbidden, not_found; conflict when it is no longer what the person saw, another share waits, or
 *   the collection serves nothing that is marked so
 */
export async function proposeShare(actor: Actor, input: ProposeShareInput): Promise<{ id: number }> {
  try {
    return await freeze(actor, input);
  } catch (error) {
    if (error instanceof AppError && error.code !== 'not_found')
      await writeRefusal(actor, {
        verb: 'share.propose',
        object: { type: 'campaign', id: campaignRef(input.campaignId) },
        reason: error.forPerson,
        detail: { tlp: input.tlp },
      });
    throw error;
  }
}

async function freeze(actor: Actor, input: ProposeShareInput): Promise<{ id: number }> {
  requireRight(actor, 'share.propose');
  const person = requireUser(actor);
  const { objects, material, leftOut } = await readContent(input);
  if (contentSha256(objects) !== input.contentSha256)
    throw new AppError(
      'conflict',
      'What would leave has changed since you looked. Reload the page and look again.',
    );
  return inTransaction(async (tx) => {
    const campaign = await lockCampaign(tx, input.campaignId);
    const waiting = await tx.share.findFirst({ where: { campaignId: campaign.id, status: 'waiting' } });
    if (waiting)
      throw new AppError(
        'conflict',
        `${shareRef(waiting.id)} of this campaign waits for an answer already. Withdraw it first, or have it answered.`,
      );
    const collection = await findTaking(tx, input);
    const known = await readVersions(tx, objects);
    const { bundle } = stampBundle(material.namespace, objects, known, new Date());
    const text = JSON.stringify(bundle);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const { tlp, hashed } = input;
    const share = await tx.share.create({
      data: {
        campaignId: campaign.id,
        collectionId: input.collectionId,
        tlp,
        hashed,
        bundle: text,
        sha256,
        objects: bundle.objects.length,
        leftOut: withoutPrivate(leftOut) as unknown as Prisma.InputJsonArray,
        reason: storableText(input.reason),
        proposedById: person.id,
      },
    });
    await writeAudit(tx, person, {
      verb: 'share.propose',
      object: { type: 'share', id: shareRef(share.id), label: campaign.name },
      reason: input.reason,
      detail: { campaign: campaignRef(campaign.id), collection, tlp, hashed, objects: share.objects, sha256 },
    });
    return { id: share.id };
  });
}

/** The title of the collection that it goes to. @throws AppError not_found, conflict when its marking keeps it out */
async function findTaking(tx: Transaction, { collectionId, tlp }: ProposeShareInput): Promise<string | null> {
  if (collectionId === null) return null;
  const collection = await tx.taxiiCollection.findUnique({ where: { id: collectionId } });
  if (!collection) throw new AppError('not_found', 'There is no such collection. Choose another.');
  if (takesTlp(collection, tlp)) return collection.title;
  throw new AppError(
    'conflict',
    `The collection "${collection.title}" serves nothing that is held closer than TLP:${collection.tlp.toUpperCase()}. Choose another, or hand over the file.`,
  );
}
