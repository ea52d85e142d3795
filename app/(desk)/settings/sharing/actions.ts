'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import type { ActionResult } from '@/lib/errors';
import type { AddFeedInput, EndFeedInput } from '@/lib/intel/feed-schema';
import type { CollectionInput, GrantInput } from '@/lib/intel/partner-schema';
import { setSharingKey } from '@/lib/intel/set-sharing-key';
import { type Producer, producerSetting, type SetSharingKeyInput } from '@/lib/intel/sharing-settings-schema';
import { addCollection } from '@/lib/intel/taxii/add-collection';
import { addFeed, endFeed } from '@/lib/intel/taxii/change-feeds';
import { grantCollection } from '@/lib/intel/taxii/grant-collection';
import { changeSetting } from '@/lib/settings/change-setting';

/** Changes under which name partners know this deployment. */
export async function changeProducerAction(input: {
  value: Producer;
  reason: string;
  version: number;
}): Promise<ActionResult<unknown>> {
  return runAction('change the producer', async () => {
    const { value, reason, version } = input;
    await changeSetting(await requirePersonOrThrow(), producerSetting, value, { reason, version });
    revalidatePath('/settings/sharing');
  });
}

/** Keeps a sharing key, or makes one that is answered this once. */
export async function setSharingKeyAction(
  input: SetSharingKeyInput,
): Promise<ActionResult<{ key: string | null }>> {
  return runAction('set the sharing key', async () => {
    const made = await setSharingKey(await requirePersonOrThrow(), input);
    revalidatePath('/settings/sharing');
    return made;
  });
}

/** Makes a TAXII collection. */
export async function addCollectionAction(input: CollectionInput): Promise<ActionResult<{ id: string }>> {
  return runAction('add a collection', async () => {
    const added = await addCollection(await requirePersonOrThrow(), input);
    revalidatePath('/settings/sharing');
    return added;
  });
}

/** Says what a key may do in a collection. */
export async function grantCollectionAction(input: GrantInput): Promise<ActionResult<unknown>> {
  return runAction('let a key in', async () => {
    await grantCollection(await requirePersonOrThrow(), input);
    revalidatePath('/settings/sharing');
  });
}

/** Polls a partner's collection from now on. */
export async function addFeedAction(input: AddFeedInput): Promise<ActionResult<{ id: number }>> {
  return runAction('add a feed', async () => {
    const added = await addFeed(await requirePersonOrThrow(), input);
    revalidatePath('/settings/sharing');
    return added;
  });
}

/** No longer polls it. */
export async function endFeedAction(input: EndFeedInput): Promise<ActionResult<unknown>> {
  return runAction('end a feed', async () => {
    await endFeed(await requirePersonOrThrow(), input);
    revalidatePath('/settings/sharing');
  });
}
