import { requireRight } from '@/lib/access/require-right';
import type { Actor, Person } from '@/lib/access/schema';
import { writeAudits } from '@/lib/audit/write-audit';
import { readStanding, statusConflict } from '@/lib/clusters/cluster-standing';
import { requireUser } from '@/lib/clusters/require-user';
import { clusterRef } from '@/lib/clusters/rules';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { lockCampaign, touchCampaign } from './find-campaign';
import { campaignRef } from './rules';
import type { AssignClusterInput } from './schema';

/**
 * Puts a cluster into a campaign, moves it to another or takes it out. Nothing is done to an account.
 * @throws AppError forbidden, not_found; conflict when it is dismissed, or is not where the person saw it
 */
export async function assignCluster(actor: Actor, input: AssignClusterInput): Promise<void> {
  requireRight(actor, 'campaign.manage');
  const person = requireUser(actor);
  await inTransaction((tx) => moveCluster(tx, person, input));
}

/** The same inside the caller's transaction. */
export async function moveCluster(tx: Transaction, person: Person, input: AssignClusterInput): Promise<void> {
  const { from, to } = input;
  if (from === to) return;
  const cluster = await readStanding(tx, input.clusterId);
  if (to !== null && cluster.status === 'dismissed') throw statusConflict('put into a campaign', cluster);
  // Both in one order, so that two moves across each other do not wait for each other for ever.
  const ids = [from, to].filter((id) => id !== null).sort((a, b) => a - b);
  const campaigns = new Map<number, { id: number; name: string }>();
  for (const id of ids) campaigns.set(id, await lockCampaign(tx, id));
  await move(tx, person, cluster.id, from, to);
  for (const id of ids) await touchCampaign(tx, id);
  const entry = (verb: 'campaign.add_cluster' | 'campaign.remove_cluster', id: number) => ({
    verb,
    object: { type: 'campaign' as const, id: campaignRef(id), label: campaigns.get(id)?.name },
    reason: storableText(input.reason),
    detail: { cluster: clusterRef(cluster.id), name: cluster.name, accounts: cluster.accounts },
  });
  await writeAudits(tx, person, [
    ...(from === null ? [] : [entry('campaign.remove_cluster', from)]),
    ...(to === null ? [] : [entry('campaign.add_cluster', to)]),
  ]);
}

/** Conditional on where the person saw it: of two who move one cluster, the second writes no row. */
async function move(
  tx: Transaction,
  person: Person,
  clusterId: number,
  from: number | null,
  to: number | null,
) {
  const data = { campaignId: to ?? 0, addedById: person.id, addedAt: new Date() };
  const { count } =
    from === null
      ? await tx.campaignCluster.createMany({ data: { clusterId, ...data }, skipDuplicates: true })
      : to === null
        ? await tx.campaignCluster.deleteMany({ where: { clusterId, campaignId: from } })
        : await tx.campaignCluster.updateMany({ where: { clusterId, campaignId: from }, data });
  if (count === 1) return;
  const now = await tx.campaignCluster.findUnique({ where: { clusterId }, include: { campaign: true } });
  throw new AppError(
    'conflict',
    now
      ? `${clusterRef(clusterId)} is in the campaign ${now.campaign.name} now. Reload the page and look again.`
      : `${clusterRef(clusterId)} is in no campaign any more. Reload the page and look again.`,
  );
}
