/** What readers without 'desk.read_sensitive' get instead of prompts, addresses and names: counts and states stay. */
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { HIDDEN, isSensitiveKind } from './rules';
import type { EvidenceRow, MemberRow } from './schema';

/** Hides values, and their ids too: a hash of an address is found by trying all addresses. */
export function hideEvidence(actor: Actor, rows: EvidenceRow[]): EvidenceRow[] {
  if (may(actor, 'desk.read_sensitive')) return rows;
  return rows.map((row) => {
    if (!isSensitiveKind(row.kind)) return row;
    const values = row.values.map((value) => ({ ...value, value: HIDDEN, indicatorId: '' }));
    return { ...row, values, detail: null };
  });
}

/** Hides the name; the provider's id of the account stays, since audit and lists are about it. */
export function hideMember(actor: Actor, row: MemberRow): MemberRow {
  return may(actor, 'desk.read_sensitive') ? row : { ...row, displayName: null };
}
