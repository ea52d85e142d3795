/** Why the reader may not do something with a cluster now, in words; the verbs decide anew. Pure. */
import { may } from '@/lib/access/rules';
import type { Person } from '@/lib/access/schema';
import { FROM_STATUS } from '@/lib/clusters/rules';
import type { ClusterRow } from '@/lib/clusters/schema';
import { STATUS_LABELS } from './state-mark';

export type ClusterVerb = 'claim' | 'release' | 'confirm' | 'dismiss' | 'reopen';

const RIGHTS = {
  claim: 'cluster.claim',
  release: 'cluster.claim',
  confirm: 'cluster.decide',
  dismiss: 'cluster.decide',
  reopen: 'cluster.decide',
} as const;

/** Null when it is allowed. */
export function refusalOf(
  verb: ClusterVerb,
  cluster: Pick<ClusterRow, 'status' | 'assignee'>,
  person: Person,
): string | null {
  if (!may(person, RIGHTS[verb]))
    return `Analysts and approvers ${verb} clusters; you are signed in as ${person.role}.`;
  const { assignee, status } = cluster;
  const others = assignee !== null && assignee.id !== person.id;
  if (others) return `${assignee.name} has claimed this.`;
  if (verb === 'claim' && assignee !== null) return 'You have claimed this.';
  if (verb === 'release' && assignee === null) return 'Nobody has claimed this.';
  if (!(FROM_STATUS[verb] as readonly string[]).includes(status)) {
    const next = status === 'dismissed' && verb !== 'reopen' ? ' Reopen it first.' : '';
    return `It is ${STATUS_LABELS[status].toLowerCase()}.${next}`;
  }
  return null;
}
