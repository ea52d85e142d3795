/** `intel export`: what leaves by the hand of whoever runs this machine. */
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { clusterRef } from '@/lib/clusters/rules';
import { inTransaction } from '@/lib/database/transaction';
import { keepVersions } from './keep-versions';
import { readMaterial } from './read-material';
import { campaignRef } from './rules';
import type { ShareSubject, Tlp } from './share-schema';
import { buildObjects } from './stix/build-bundle';
import type { Bundle } from './stix/schema';

/**
 * A STIX 2.1 bundle of a cluster or a campaign, with one audit entry. Nobody has approved it, so it holds nothing that
 * only a provider knows, hashed neither, and is marked for this organization alone unless told otherwise.
 * @throws AppError forbidden, not_found; conflict when it is dismissed, empty, or a text names somebody
 */
export async function exportBundle(
  actor: Actor,
  subject: ShareSubject,
  tlp: Tlp = 'amber+strict',
): Promise<Bundle> {
  requireRight(actor, 'desk.read_sensitive');
  const { material } = await readMaterial({ subject, tlp, hashed: [] }, null);
  return inTransaction(async (tx) => {
    const bundle = await keepVersions(tx, material.namespace, buildObjects(material));
    await writeAudit(tx, actor, {
      verb: 'data.export',
      object: {
        type: 'export',
        id: subject.kind === 'cluster' ? clusterRef(subject.id) : campaignRef(subject.id),
        label: `STIX 2.1 of ${material.campaign?.name ?? material.clusters[0]?.name}`,
      },
      detail: { tlp, objects: bundle.objects.length, bundle: bundle.id },
    });
    return bundle;
  });
}
