import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { hideFor } from './hide-text';
import type { ShareRow, Tlp } from './share-schema';

const PERSON = { select: { id: true, name: true } } as const;
export const shareInclude = {
  campaign: PERSON,
  collection: { select: { title: true } },
  proposedBy: PERSON,
  decidedBy: PERSON,
  endedBy: PERSON,
} satisfies Prisma.ShareInclude;

/** Shares, newest first: of one campaign, or those of all campaigns that wait. @throws AppError forbidden */
export async function listShares(actor: Actor, of: { campaignId: number } | 'waiting'): Promise<ShareRow[]> {
  requireRight(actor, 'desk.read');
  const rows = await database().share.findMany({
    where: of === 'waiting' ? { status: 'waiting' } : of,
    orderBy: { id: 'desc' },
    take: 200,
    omit: { bundle: true, leftOut: true },
    include: shareInclude,
  });
  const hide = hideFor(actor);
  return rows.map(toShareRow).map((row) => ({
    ...row,
    campaign: { ...row.campaign, name: hide(row.campaign.name) },
  }));
}

type Stored = Omit<Prisma.ShareGetPayload<{ include: typeof shareInclude }>, 'bundle' | 'leftOut'>;

export function toShareRow(row: Stored): ShareRow {
  const { id, campaign, collection, status, objects, sha256, proposedBy, decidedBy } = row;
  return {
    id,
    campaign,
    collection: collection?.title ?? null,
    status,
    tlp: row.tlp as Tlp,
    objects,
    sha256,
    proposedBy,
    proposedAt: row.proposedAt.toISOString(),
    decidedBy,
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}
