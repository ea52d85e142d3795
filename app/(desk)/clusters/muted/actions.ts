'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import type { LiftMuteInput } from '@/lib/clusters/mute-schema';
import { liftMute } from '@/lib/clusters/mutes/lift-mute';
import type { ActionResult } from '@/lib/errors';

/** Lifts a mute; what it hid is in the queue at once. */
export async function liftMuteAction(input: LiftMuteInput): Promise<ActionResult<{ clusters: number }>> {
  return runAction('lift a mute', async () => {
    const lifted = await liftMute(await requirePersonOrThrow(), input);
    revalidatePath('/', 'layout');
    return lifted;
  });
}
