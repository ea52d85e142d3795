import type { Actor } from '@/lib/access/schema';
import { AppError } from '@/lib/errors';
import type { LockedProposal } from './lock-proposal';
import { isOwnPaused, OWN_PAUSED } from './rules';

/** What paused by itself is looked at by somebody other than who proposed it before it goes on. @throws AppError forbidden */
export function refuseOwnPaused(
  actor: Actor,
  proposal: Pick<LockedProposal, 'status' | 'note' | 'proposedById'>,
): void {
  if (isOwnPaused(actor, proposal)) throw new AppError('forbidden', OWN_PAUSED);
}
