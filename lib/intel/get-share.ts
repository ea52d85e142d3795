import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { MAX_ID } from '@/lib/storable-id';
import { readVersions } from './keep-versions';
import { shareInclude, toShareRow } from './list-shares';
import { noSuchShare } from './lock-share';
import type { HashableKind, LeftOut, ShareDetail } from './share-schema';
import { describeObjects } from './stix/describe-objects';
import { bundleSchema } from './stix/schema';

/** A share with everything in it. @throws AppError forbidden (it holds addresses), not_found */
export async function getShare(actor: Actor, id: number): Promise<ShareDetail> {
  requireRight(actor, 'desk.read_sensitive');
  const row =
    id > MAX_ID ? null : await database().share.findUnique({ where: { id }, include: shareInclude });
  if (!row) throw noSuchShare();
  const { objects } = bundleSchema.parse(JSON.parse(row.bundle));
  // Once it has left, its own versions are the known ones: everything was as new as that when it was decided.
  const known = row.status === 'waiting' ? await readVersions(database(), objects) : new Map();
  return {
    ...toShareRow(row),
    hashed: row.hashed as HashableKind[],
    reason: row.reason,
    decidedReason: row.decidedReason,
    ended:
      row.endedBy && row.endedAt
        ? { by: row.endedBy, at: row.endedAt.toISOString(), reason: row.endedReason ?? '' }
        : null,
    content: describeObjects(objects, known),
    leftOut: row.leftOut as unknown as LeftOut[],
  };
}
