'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import type { ActionResult } from '@/lib/errors';
import { addEvidence } from '@/lib/intel/add-evidence';
import { assessHypothesis } from '@/lib/intel/assess-hypothesis';
import { assignCluster } from '@/lib/intel/assign-cluster';
import { createCampaign } from '@/lib/intel/create-campaign';
import { editCampaign } from '@/lib/intel/edit-campaign';
import {
  type AddEvidenceInput,
  type AssessInput,
  type AssignClusterInput,
  addEvidenceSchema,
  assessSchema,
  assignClusterSchema,
  type CreateCampaignInput,
  createCampaignSchema,
  type EditCampaignInput,
  editCampaignSchema,
  type SupposeInput,
  supposeSchema,
  type WithdrawEvidenceInput,
  withdrawEvidenceSchema,
} from '@/lib/intel/schema';
import { supposeActor } from '@/lib/intel/suppose-actor';
import { withdrawEvidence } from '@/lib/intel/withdraw-evidence';

/** Opens a campaign, with the cluster that it begins with. */
export async function createCampaignAction(
  input: CreateCampaignInput,
): Promise<ActionResult<{ id: number }>> {
  return runAction('open campaign', async () => {
    const created = await createCampaign(await requirePersonOrThrow(), createCampaignSchema.parse(input));
    revalidatePath('/', 'layout');
    return created;
  });
}

/** Gives a campaign another name or summary. */
export async function editCampaignAction(input: EditCampaignInput): Promise<ActionResult<unknown>> {
  return runAction('edit campaign', async () => {
    await editCampaign(await requirePersonOrThrow(), editCampaignSchema.parse(input));
    revalidatePath('/', 'layout');
  });
}

/** Puts a cluster into a campaign, moves it or takes it out. */
export async function assignClusterAction(input: AssignClusterInput): Promise<ActionResult<unknown>> {
  return runAction('assign cluster to campaign', async () => {
    await assignCluster(await requirePersonOrThrow(), assignClusterSchema.parse(input));
    revalidatePath('/', 'layout');
  });
}

/** Names an actor who may be behind a campaign. */
export async function supposeActorAction(input: SupposeInput): Promise<ActionResult<unknown>> {
  return runAction('suppose actor', async () => {
    await supposeActor(await requirePersonOrThrow(), supposeSchema.parse(input));
    revalidatePath('/campaigns', 'layout');
  });
}

/** Says anew how sure one is of a hypothesis, attributes the campaign to it, or withdraws it. */
export async function assessHypothesisAction(input: AssessInput): Promise<ActionResult<unknown>> {
  return runAction('assess hypothesis', async () => {
    await assessHypothesis(await requirePersonOrThrow(), assessSchema.parse(input));
    revalidatePath('/campaigns', 'layout');
  });
}

/** Writes down what speaks for or against a hypothesis. */
export async function addEvidenceAction(input: AddEvidenceInput): Promise<ActionResult<unknown>> {
  return runAction('add evidence', async () => {
    await addEvidence(await requirePersonOrThrow(), addEvidenceSchema.parse(input));
    revalidatePath('/campaigns', 'layout');
  });
}

/** Takes back evidence that proved wrong. */
export async function withdrawEvidenceAction(input: WithdrawEvidenceInput): Promise<ActionResult<unknown>> {
  return runAction('withdraw evidence', async () => {
    await withdrawEvidence(await requirePersonOrThrow(), withdrawEvidenceSchema.parse(input));
    revalidatePath('/campaigns', 'layout');
  });
}
