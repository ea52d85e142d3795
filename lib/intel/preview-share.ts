import { createHash } from 'node:crypto';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { canonicalJson } from '@/lib/audit/log/canonical-json';
import { database } from '@/lib/database/client';
import { readVersions } from './keep-versions';
import { readMaterial } from './read-material';
import { keyFor, NO_SHARING_KEY, readSharingKeys } from './read-sharing-key';
import type { PreviewShareInput, SharePreview, Tlp } from './share-schema';
import { buildObjects } from './stix/build-bundle';
import { describeObjects } from './stix/describe-objects';
import type { UnstampedObject } from './stix/schema';

/** Exactly what would leave, object by object, and what stays and why. Nothing is written.
 * @throws AppError forbidden, not_found; conflict when nothing of it may leave, a text names somebody, or there is no key */
export async function previewShare(actor: Actor, input: PreviewShareInput): Promise<SharePreview> {
  requireRight(actor, 'share.propose');
  const [{ objects, material, leftOut }, keys, waiting, collections] = await Promise.all([
    readContent(input),
    readSharingKeys(),
    database().share.findFirst({ where: { campaignId: input.campaignId, status: 'waiting' } }),
    database().taxiiCollection.findMany({ orderBy: { title: 'asc' } }),
  ]);
  return {
    campaign: { id: input.campaignId, name: material.campaign?.name ?? '' },
    options: input,
    objects: describeObjects(objects, await readVersions(database(), objects)),
    leftOut,
    values: material.values.map(({ id, kind, value, members, population }) => ({
      id,
      kind,
      value,
      members,
      population,
    })),
    contentSha256: contentSha256(objects),
    noKey: keys.length > 0 ? null : NO_SHARING_KEY,
    waiting: waiting?.id ?? null,
    collections: collections.map(({ id, title, tlp }) => ({ id, title, tlp: tlp as Tlp })),
  };
}

/** What would leave now, without versions. @throws AppError as previewShare */
export async function readContent({ campaignId, collectionId: _, ...options }: PreviewShareInput) {
  const subject = { kind: 'campaign', id: campaignId } as const;
  const { material, leftOut } = await readMaterial({ subject, ...options }, await keyFor(options.hashed));
  return { objects: buildObjects(material), material, leftOut };
}

export function contentSha256(objects: readonly UnstampedObject[]): string {
  return createHash('sha256').update(canonicalJson(objects)).digest('hex');
}
