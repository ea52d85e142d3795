/** Why the reader may not propose an action for a cluster now, in words; the verb decides anew. Pure. */
import { may } from '@/lib/access/rules';
import type { Person } from '@/lib/access/schema';
import type { ClusterRow } from '@/lib/clusters/schema';

/** Null when it is allowed. A confirmed cluster is anybody's to propose for; another's review is not. */
export function proposalRefusal(
  cluster: Pick<ClusterRow, 'status' | 'assignee'>,
  person: Person,
): string | null {
  if (!may(person, 'proposal.create'))
    return `Analysts and approvers propose actions; you are signed in as ${person.role}.`;
  if (cluster.status === 'dismissed') return 'It is dismissed. Reopen it first.';
  if (cluster.status === 'confirmed' || cluster.assignee === null || cluster.assignee.id === person.id)
    return null;
  return `${cluster.assignee.name} is reviewing this. Ask them to confirm or release it first.`;
}
