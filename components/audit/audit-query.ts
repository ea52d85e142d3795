/** The audit's filters as they stand in the URL, and where its objects lead. Pure. */
import type { AuditFilter, AuditRow } from '@/lib/audit/schema';

const KEYS = ['view', 'q', 'day', 'verb', 'actor', 'object', 'outcome', 'before'] as const;

/** "/audit?…", without what is the default. */
export function auditHref(filter: Partial<AuditFilter>): string {
  const query = new URLSearchParams();
  for (const key of KEYS) {
    const value = filter[key];
    if (value === undefined || value === '' || (key === 'view' && value === 'all')) continue;
    query.set(key, String(value));
  }
  return query.size > 0 ? `/audit?${query}` : '/audit';
}

/** The page of an entry's object, or null where it has none. */
export function objectHref({
  objectType,
  objectId,
}: Pick<AuditRow, 'objectType' | 'objectId'>): string | null {
  const number = /^(?:CL|P)-(\d+)$/.exec(objectId)?.[1];
  if (objectType === 'cluster' && number) return `/clusters/${number}`;
  if (objectType === 'proposal' && number) return `/approvals/${number}`;
  if (objectType === 'account') return `/accounts/${encodeURIComponent(objectId)}`;
  return null;
}

/** "cluster.*" is "cluster: all"; "!" before it means all others. */
export function verbWords(verb: string): string {
  return verb.startsWith('!') ? `not ${verb.slice(1)}` : verb;
}
