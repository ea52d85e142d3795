import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import type { PreviewInput, ProposalPreview } from './propose-schema';
import { weighProposal } from './weigh-proposal';

/** What proposing this would freeze, whom it would hit and what forbids it. Writes nothing.
 * @throws AppError forbidden, not_found, bad_input */
export async function previewProposal(actor: Actor, input: PreviewInput): Promise<ProposalPreview> {
  requireRight(actor, 'proposal.create');
  if (actor.kind !== 'user')
    throw new AppError('forbidden', 'Only a signed-in person may propose an action.');
  const { preview } = await inTransaction((tx) => weighProposal(tx, actor, input), 120_000);
  return preview;
}
