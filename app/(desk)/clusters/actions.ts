'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { runAction } from '@/app/run-action';
import { requirePerson } from '@/lib/access/current-person';
import { claimCluster } from '@/lib/clusters/claim-cluster';
import { decideCluster } from '@/lib/clusters/decide-cluster';
import { releaseCluster } from '@/lib/clusters/release-cluster';
import { clusterIdSchema, type DecideInput, decideSchema } from '@/lib/clusters/schema';
import type { ActionResult } from '@/lib/errors';

const clusterSchema = z.object({ clusterId: clusterIdSchema });
type ClusterInput = z.infer<typeof clusterSchema>;

/** Takes a cluster on; refused with who was first when somebody else has it. */
export async function claimClusterAction(input: ClusterInput): Promise<ActionResult> {
  return runAction('claim cluster', async () => {
    await claimCluster(await requirePerson(), clusterSchema.parse(input));
    revalidatePath('/', 'layout');
    return undefined;
  });
}

const clustersSchema = z.object({ clusterIds: z.array(clusterSchema.shape.clusterId).min(1).max(500) });
type ClustersInput = z.infer<typeof clustersSchema>;

/** Takes on what it can of several clusters, each in its own transaction; says for each refused one why. */
export async function claimClustersAction(
  input: ClustersInput,
): Promise<ActionResult<{ refused: { clusterId: number; message: string }[] }>> {
  return runAction('claim clusters', async () => {
    const person = await requirePerson();
    const refused: { clusterId: number; message: string }[] = [];
    for (const clusterId of new Set(clustersSchema.parse(input).clusterIds)) {
      const result = await runAction('claim cluster', () => claimCluster(person, { clusterId }));
      if (!result.ok) refused.push({ clusterId, message: result.message });
    }
    revalidatePath('/', 'layout');
    return { refused };
  });
}

/** Gives a cluster back to the queue. */
export async function releaseClusterAction(input: ClusterInput): Promise<ActionResult> {
  return runAction('release cluster', async () => {
    await releaseCluster(await requirePerson(), clusterSchema.parse(input));
    revalidatePath('/', 'layout');
    return undefined;
  });
}

/** Confirms, dismisses or reopens a cluster, with the reason. */
export async function decideClusterAction(input: DecideInput): Promise<ActionResult> {
  return runAction('decide cluster', async () => {
    await decideCluster(await requirePerson(), decideSchema.parse(input));
    revalidatePath('/', 'layout');
    return undefined;
  });
}
