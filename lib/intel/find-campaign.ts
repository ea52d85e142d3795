import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { MAX_ID } from '@/lib/storable-id';

/** Locks a campaign, so that what is read of it until the end of the transaction stays true.
 * @throws AppError not_found */
export async function lockCampaign(
  tx: Transaction,
  id: number,
): Promise<{ id: number; name: string; summary: string; textVersion: number }> {
  const [row] =
    id <= MAX_ID
      ? await tx.$queryRaw<{ id: number; name: string; summary: string; textVersion: number }[]>`
          SELECT id, name, summary, text_version AS "textVersion" FROM campaign WHERE id = ${id} FOR UPDATE`
      : [];
  if (!row) throw noSuchCampaign();
  return row;
}

export function noSuchCampaign(): AppError {
  return new AppError('not_found', 'There is no such campaign. Look for it in the list of campaigns.');
}

/** It changed: lists show the newest first. */
export async function touchCampaign(tx: Transaction, id: number): Promise<void> {
  await tx.campaign.update({ where: { id }, data: { updatedAt: new Date() } });
}
