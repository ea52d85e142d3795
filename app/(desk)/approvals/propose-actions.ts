'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { createProposal, createSplit } from '@/lib/enforcement/create-proposal';
import { createRestore, previewRestore } from '@/lib/enforcement/create-restore';
import { parseProposal } from '@/lib/enforcement/parse-proposal';
import { previewProposal } from '@/lib/enforcement/preview-proposal';
import {
  type PreviewInput,
  type ProposalPreview,
  type ProposeInput,
  previewSchema,
  proposeSchema,
} from '@/lib/enforcement/propose-schema';
import {
  type PreviewRestoreInput,
  previewRestoreSchema,
  type RestoreInput,
  type RestorePreview,
  restoreSchema,
} from '@/lib/enforcement/restore-schema';
import type { ActionResult } from '@/lib/errors';

/** Whom a proposal would hit, before anything is written. */
export async function previewAction(input: PreviewInput): Promise<ActionResult<ProposalPreview>> {
  return runAction('preview a proposal', async () =>
    previewProposal(await requirePersonOrThrow(), previewSchema.parse(input)),
  );
}

/** Freezes the previewed list and asks for approval. */
export async function proposeAction(input: ProposeInput): Promise<ActionResult<{ ids: number[] }>> {
  return runAction('propose an action', async () => {
    const person = await requirePersonOrThrow();
    const { id } = await createProposal(person, await parseProposal(person, proposeSchema, input));
    revalidatePath('/', 'layout');
    return { ids: [id] };
  });
}

/** Bans the core and asks the fringe to verify: two proposals, together or not at all. */
export async function splitAction(input: ProposeInput): Promise<ActionResult<{ ids: number[] }>> {
  return runAction('propose a split', async () => {
    const person = await requirePersonOrThrow();
    const parsed = await parseProposal(person, proposeSchema, input);
    const { banId, verifyId } = await createSplit(person, parsed);
    revalidatePath('/', 'layout');
    return { ids: [banId, verifyId] };
  });
}

/** What taking back would do, before anything is written. */
export async function previewRestoreAction(
  input: PreviewRestoreInput,
): Promise<ActionResult<RestorePreview>> {
  return runAction('preview a restore', async () =>
    previewRestore(await requirePersonOrThrow(), previewRestoreSchema.parse(input)),
  );
}

/** Freezes what is to be taken back and asks for approval. */
export async function restoreAction(input: RestoreInput): Promise<ActionResult<{ id: number }>> {
  return runAction('propose a restore', async () => {
    const person = await requirePersonOrThrow();
    const created = await createRestore(person, await parseProposal(person, restoreSchema, input));
    revalidatePath('/', 'layout');
    return created;
  });
}
