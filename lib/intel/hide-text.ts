import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { hideAddresses } from '@/lib/audit/rules';

/** What people wrote may name addresses: readers without 'desk.read_sensitive' get the text without them. */
export function hideFor(actor: Actor): (text: string) => string {
  return may(actor, 'desk.read_sensitive') ? (text) => text : hideAddresses;
}
