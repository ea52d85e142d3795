/** The queue's filters in words, and its views. Pure. */

import { showInvisible } from '@/components/ui/format';
import { CLUSTER_STATUSES } from '@/lib/clusters/fixed-sets';
import type { ClusterFilter, IgnoredPart, QUEUE_FACETS } from '@/lib/clusters/queue-filter';
import type { PersonRef, QueuePage } from '@/lib/clusters/schema';
import { QUADRANT_LABELS } from '../axes-glyph';
import { kindLabel } from '../kind-icon';
import { reopenedWords } from '../reopened-words';
import { STATUS_LABELS } from '../state-mark';

export type Facet = (typeof QUEUE_FACETS)[number];

/** One set facet: "Score" "≥ 30". */
export interface SetFacet {
  facet: Facet;
  label: string;
  value: string;
}

/** The facets that are set, in the bar's order. */
export function describeFilter(
  filter: ClusterFilter,
  { people, campaigns }: Pick<QueuePage, 'people' | 'campaigns'>,
): SetFacet[] {
  const set: SetFacet[] = [];
  const add = (facet: Facet, label: string, value: string) => set.push({ facet, label, value });
  if (filter.status) add('status', 'State', statusWords(filter.status));
  if (filter.min !== undefined) add('min', 'Score', `≥ ${filter.min}`);
  if (filter.size !== undefined) add('size', 'Accounts', `≥ ${filter.size}`);
  if (filter.quadrant)
    add('quadrant', 'Quadrant', filter.quadrant.map((each) => QUADRANT_LABELS[each]).join(', ') || 'none');
  if (filter.kind) add('kind', 'Evidence', kindLabel(filter.kind));
  if (filter.who) add('who', 'Assignee', whoWords(filter.who, people));
  if (filter.reopened) add('reopened', 'Reopened', reopenedWords(filter.reopened));
  if (filter.campaign)
    add(
      'campaign',
      'Campaign',
      showInvisible(campaigns.find(({ id }) => id === filter.campaign)?.name ?? `CA-${filter.campaign}`),
    );
  if (filter.age) add('age', 'Age', ageWords(filter.age));
  if (filter.q) add('q', 'Name', `“${filter.q}”`);
  return set;
}

function statusWords(statuses: ClusterFilter['status'] & {}): string {
  if (statuses.length === CLUSTER_STATUSES.length) return 'any';
  return statuses.map((each) => STATUS_LABELS[each].toLowerCase()).join(', ') || 'none';
}

function whoWords(who: string, people: PersonRef[]): string {
  if (who === 'me') return 'you';
  if (who === 'nobody') return 'nobody';
  return people.find((person) => String(person.id) === who)?.name ?? 'unknown';
}

/** "under-1d" is "under 1 day". */
export function ageWords(age: string): string {
  const [which, days = ''] = age.split('-');
  const count = Number.parseInt(days, 10);
  return `${which} ${count} ${count === 1 ? 'day' : 'days'}`;
}

const PART_LABELS: Record<string, string> = {
  status: 'state',
  min: 'score',
  size: 'accounts',
  kind: 'evidence',
  who: 'assignee',
  q: 'name',
  sort: 'order',
  dir: 'direction',
};

/** What of a link means nothing, by name: 'score “many”'. */
export function ignoredWords(ignored: readonly IgnoredPart[]): string {
  const words = ignored.map(
    ({ name, value }) => `${PART_LABELS[name] ?? showInvisible(name)} “${showInvisible(value)}”`,
  );
  const more = words.length > 4 ? ` and ${words.length - 4} more` : '';
  return words.slice(0, 4).join(', ') + more;
}

type Counts = QueuePage['counts'];

/** The saved views over the list, each with what it filters by and its count. */
export const QUEUE_VIEWS: readonly { label: string; filter: Partial<ClusterFilter>; count: keyof Counts }[] =
  [
    { label: 'All open', filter: {}, count: 'open' },
    { label: 'Mine', filter: { who: 'me' }, count: 'mine' },
    {
      label: 'Unclaimed distillation',
      filter: { quadrant: ['distillation'], who: 'nobody' },
      count: 'unclaimedDistillation',
    },
    { label: 'Regrowth', filter: { reopened: 'regrowth' }, count: 'regrowth' },
    { label: 'Resellers to review', filter: { quadrant: ['reseller_review'] }, count: 'resellers' },
    { label: 'Confirmed', filter: { status: ['confirmed'] }, count: 'confirmed' },
    { label: 'Dismissed', filter: { status: ['dismissed'] }, count: 'dismissed' },
  ];

/** A view is the current one while what it filters by is set so, whatever narrows it further. */
export function isView(filter: ClusterFilter, view: Partial<ClusterFilter>): boolean {
  return (['status', 'quadrant', 'who', 'reopened'] as const).every(
    (key) => String(filter[key] ?? '') === String(view[key] ?? ''),
  );
}
