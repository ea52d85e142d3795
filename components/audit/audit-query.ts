/** The audit's filters as they stand in the URL, and where its objects lead. Pure. */
import type { AuditFilter } from '@/lib/audit/filter-schema';
import type { AuditRow } from '@/lib/audit/schema';

const KEYS = [
  'view',
  'q',
  'from',
  'to',
  'verb',
  'actor',
  'object',
  'about',
  'outcome',
  'order',
  'cursor',
] as const satisfies readonly (keyof AuditFilter)[];
const DEFAULTS: Partial<Record<keyof AuditFilter, string>> = { view: 'all', order: 'newest', q: '' };

/** "view=refused&q=heron", without what is the default. */
export function auditParams(filter: Partial<AuditFilter>): URLSearchParams {
  const query = new URLSearchParams();
  for (const key of KEYS) {
    const value = filter[key];
    if (value !== undefined && value !== DEFAULTS[key]) query.set(key, String(value));
  }
  return query;
}

/** "/audit?…". */
export function auditHref(filter: Partial<AuditFilter>): string {
  const query = auditParams(filter);
  return query.size > 0 ? `/audit?${query}` : '/audit';
}

/** Everything of one cluster, proposal or account, from its beginning. */
export function aboutHref(objectType: string, objectId: string): string {
  return auditHref({ about: `${objectType}:${objectId}`, order: 'oldest' });
}

/** Objects that others' entries tell about too. */
export function hasStory(objectType: string): boolean {
  return ['cluster', 'proposal', 'account'].includes(objectType);
}

/** The page of an entry's object, or null where it has none. */
export function objectHref({
  objectType,
  objectId,
}: Pick<AuditRow, 'objectType' | 'objectId'>): string | null {
  const number = /^(?:CL|CA|S|P|AP)-(\d+)$/.exec(objectId)?.[1];
  if (objectType === 'cluster' && number) return `/clusters/${number}`;
  if (objectType === 'campaign' && number) return `/campaigns/${number}`;
  if (objectType === 'share' && number) return `/campaigns/shares/${number}`;
  if (objectType === 'proposal' && number) return `/approvals/${number}`;
  if (objectType === 'appeal' && number) return `/appeals/${number}`;
  if (objectType === 'indicator') return `/indicators/${encodeURIComponent(objectId)}`;
  if (objectType === 'account') return `/accounts/${encodeURIComponent(objectId)}`;
  return null;
}

/** "cluster.*" is "cluster: all"; "!" before it means all others. */
export function verbFilterWords(verb: string): string {
  return verb.startsWith('!') ? `not ${verb.slice(1)}` : verb;
}

/** A day or minute of the URL as people read it: "24 Sep 2026", "24 Sep 2026 08:30". */
function momentWords(moment: string, formatDay: (iso: string) => string): string {
  return moment.length === 10 ? formatDay(moment) : `${formatDay(`${moment}Z`)} ${moment.slice(11)}`;
}

/** "24 Sep 2026", "from 24 Sep 2026", "to 25 Sep 2026 08:30", "24 Sep 2026 – 25 Sep 2026". */
export function rangeWords(
  { from, to }: Pick<AuditFilter, 'from' | 'to'>,
  formatDay: (iso: string) => string,
): string | undefined {
  if (from && to)
    return from === to
      ? momentWords(from, formatDay)
      : `${momentWords(from, formatDay)} – ${momentWords(to, formatDay)}`;
  if (from) return `from ${momentWords(from, formatDay)}`;
  return to && `to ${momentWords(to, formatDay)}`;
}
