'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { runAction } from '@/app/run-action';
import { requirePerson } from '@/lib/access/current-person';
import { claimMany, dismissMany } from '@/lib/clusters/act-on-many';
import { assignCluster } from '@/lib/clusters/assign-cluster';
import { claimCluster } from '@/lib/clusters/claim-cluster';
import { decideCluster } from '@/lib/clusters/decide-cluster';
import {
  claimManySchema,
  type DismissManyInput,
  dismissManySchema,
  type RowResult,
  type SaveViewInput,
  saveViewSchema,
  viewIdSchema,
} from '@/lib/clusters/queue-schema';
import { releaseCluster } from '@/lib/clusters/release-cluster';
import { assignSchema, clusterIdSchema, type DecideInput, decideSchema } from '@/lib/clusters/schema';
import { undoDecision } from '@/lib/clusters/undo-decision';
import { removeView } from '@/lib/clusters/views/remove-view';
import { saveView } from '@/lib/clusters/views/save-view';
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

/** Takes on what it can of several clusters; says for each refused one why. */
export async function claimManyAction(
  input: z.infer<typeof claimManySchema>,
): Promise<ActionResult<RowResult[]>> {
  return runAction('claim clusters', async () => {
    const results = await claimMany(await requirePerson(), claimManySchema.parse(input));
    revalidatePath('/', 'layout');
    return results;
  });
}

/** Dismisses what it can of several clusters, with one reason; says for each refused one why. */
export async function dismissManyAction(input: DismissManyInput): Promise<ActionResult<RowResult[]>> {
  return runAction('dismiss clusters', async () => {
    const results = await dismissMany(await requirePerson(), dismissManySchema.parse(input));
    revalidatePath('/', 'layout');
    return results;
  });
}

/** Keeps a filter of the queue under a name. */
export async function saveViewAction(input: SaveViewInput): Promise<ActionResult<{ id: number }>> {
  return runAction('save view', async () => {
    const saved = await saveView(await requirePerson(), saveViewSchema.parse(input));
    revalidatePath('/clusters');
    return saved;
  });
}

/** Removes a view of the reader's own. */
export async function removeViewAction(input: z.infer<typeof viewIdSchema>): Promise<ActionResult> {
  return runAction('remove view', async () => {
    await removeView(await requirePerson(), viewIdSchema.parse(input));
    revalidatePath('/clusters');
    return undefined;
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

/** Takes the reader's own last decision back, while that is possible. */
export async function undoDecisionAction(input: ClusterInput): Promise<ActionResult> {
  return runAction('undo decision', async () => {
    await undoDecision(await requirePerson(), clusterSchema.parse(input));
    revalidatePath('/', 'layout');
    return undefined;
  });
}

/** Gives a cluster to somebody, who is told. */
export async function assignClusterToAction(input: z.infer<typeof assignSchema>): Promise<ActionResult> {
  return runAction('assign cluster', async () => {
    await assignCluster(await requirePerson(), assignSchema.parse(input));
    revalidatePath('/', 'layout');
    return undefined;
  });
}
