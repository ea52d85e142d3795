import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { MAX_ID } from '@/lib/storable-id';
import type { ShareStatus } from './share-schema';

export interface LockedShare {
  id: number;
  campaignId: number;
  campaign: string;
  collectionId: string | null;
  status: ShareStatus;
  tlp: string;
  bundle: string;
  sha256: string;
  proposedById: number;
}

/** Locks a share until the end of the transaction: of two who answer it at once the second waits and comes too late.
 * @throws AppError not_found */
export async function lockShare(tx: Transaction, id: number): Promise<LockedShare> {
  const [row] =
    id <= MAX_ID
      ? await tx.$queryRaw<LockedShare[]>`
          SELECT s.id, s.campaign_id AS "campaignId", c.name AS campaign, s.collection_id::text AS "collectionId", s.status::text AS status, s.tlp, s.bundle,
            s.sha256, s.proposed_by_id AS "proposedById"
          FROM share s JOIN campaign c ON c.id = s.campaign_id WHERE s.id = ${id} FOR UPDATE OF s`
      : [];
  if (!row) throw noSuchShare();
  return row;
}

export const noSuchShare = () =>
  new AppError('not_found', 'There is no such share. Look for it on its campaign’s page.');
