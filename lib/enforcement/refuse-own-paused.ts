import type { Actor } from '@/lib/access/schema';
import { AppError } from '@/lib/errors';
import type { LockedProposal } from './lock-proposal';

/** How every note begins of what no person paused. */
const BY_ITSELF = 'Paused by itself';

/** What paused by itself is looked at by somebody other than who proposed it before it goes on. @throws AppError forbidden */
export function refuseOwnPaused(
  actor: Actor,
  { status, note, proposedById }: Pick<LockedProposal, 'status' | 'note' | 'proposedById'>,
): void {
  const own = actor.kind === 'user' && actor.id === proposedById;
  if (!own || status !== 'paused' || !note?.startsWith(BY_ITSELF)) return;
  throw new AppError(
    'forbidden',
    'Refused: own proposal, and it paused by itself. Another approver has to look at it.',
  );
}
