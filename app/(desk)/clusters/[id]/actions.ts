'use server';

import { revalidatePath } from 'next/cache';
import type { z } from 'zod';
import { runAction } from '@/app/run-action';
import { requirePerson } from '@/lib/access/current-person';
import { addComment } from '@/lib/clusters/add-comment';
import { listNetworkAccounts } from '@/lib/clusters/list-network-accounts';
import {
  type NetworkAccounts,
  type NetworkSelection,
  networkSelectionSchema,
} from '@/lib/clusters/network-schema';
import { clusterIdSchema, commentSchema } from '@/lib/clusters/schema';
import { createProposal } from '@/lib/enforcement/create-proposal';
import { parseProposal } from '@/lib/enforcement/parse-proposal';
import { previewProposal } from '@/lib/enforcement/preview-proposal';
import {
  type PreviewInput,
  type ProposalPreview,
  type ProposeInput,
  previewSchema,
  proposeSchema,
} from '@/lib/enforcement/propose-schema';
import type { ActionResult } from '@/lib/errors';

/** Adds a comment to a cluster. */
export async function commentAction(input: z.infer<typeof commentSchema>): Promise<ActionResult> {
  return runAction('comment on cluster', async () => {
    const person = await requirePerson();
    const comment = commentSchema.parse(input);
    await addComment(person, comment);
    revalidatePath(`/clusters/${comment.clusterId}`);
    return undefined;
  });
}

/** The accounts behind shapes of the network. */
export async function networkAccountsAction(
  clusterId: number,
  selection: NetworkSelection,
): Promise<ActionResult<NetworkAccounts>> {
  return runAction('list network accounts', async () =>
    listNetworkAccounts(
      await requirePerson(),
      clusterIdSchema.parse(clusterId),
      networkSelectionSchema.parse(selection),
    ),
  );
}

/** Whom a proposal would hit, before anything is written. */
export async function previewAction(input: PreviewInput): Promise<ActionResult<ProposalPreview>> {
  return runAction('preview proposal', async () =>
    previewProposal(await requirePerson(), previewSchema.parse(input)),
  );
}

/** Freezes the list and asks for approval; claims and confirms the cluster when it is not confirmed yet. */
export async function proposeAction(input: ProposeInput): Promise<ActionResult<{ id: number }>> {
  return runAction('propose action', async () => {
    const person = await requirePerson();
    const created = await createProposal(person, await parseProposal(person, proposeSchema, input));
    revalidatePath('/', 'layout');
    return created;
  });
}
