/** Pure decisions about appeals: who may take one up and decide it. */
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import type { PersonRef } from '@/lib/clusters/schema';
import { type AppealState, appealRef } from './appeal-schema';
import { proposalRef } from './rules';

export interface Judgeable {
  number: number;
  state: AppealState;
  /** The act it is against. */
  proposalId: number | null;
  /** The person had a part in that act. */
  involved: boolean;
  assignee: PersonRef | null;
}

/** Why the reader may not take it up or decide it, in words, or null when they may. */
export function appealRefusal(actor: Actor, appeal: Judgeable): string | null {
  if (appeal.state !== 'open') return `${appealRef(appeal.number)} is decided.`;
  if (actor.kind !== 'user' || !may(actor, 'appeal.decide'))
    return 'Only analysts and approvers decide appeals.';
  if (appeal.involved && appeal.proposalId !== null) return ownPart(appeal.proposalId);
  if (appeal.assignee && appeal.assignee.id !== actor.id) return `${appeal.assignee.name} has taken it up.`;
  return null;
}

/** For whoever proposed, answered or confirmed what the appeal is against. */
export function ownPart(proposalId: number): string {
  return `Refused: part in ${proposalRef(proposalId)}. Somebody who neither proposed, answered nor confirmed it has to decide.`;
}
