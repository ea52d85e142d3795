/**
 * Which values of an entry are personal, and how its leaf hides them. A leaf holds a commitment where such a value
 * stands: SHA-256 over a salt of its own and the value. Who is given salt and value can check it; once both are
 * erased nobody can tell what it was, and the leaf, its hash and every proof stay as they are.
 */
import { hash } from 'node:crypto';

/** What stands in an entry in place of a value that was erased. */
export const ERASED = '[erased]';

/**
 * Members of before, after and detail whose texts tell of a person or an account, or were typed by somebody. Part of
 * the leaf's format, version 1: leaves that were logged are read with it for good, a change needs a new version.
 */
const PERSONAL_MEMBERS = new Set([
  ...['id', 'ids', 'account', 'accounts', 'account_id', 'account_ids', 'accountId', 'accountIds'],
  ...['organization', 'organization_id', 'organizationId', 'owner', 'person', 'assignee', 'by', 'to'],
  ...['name', 'display_name', 'displayName', 'email', 'phone', 'ip', 'address', 'value', 'values'],
  ...['comment', 'label', 'note', 'notice', 'object', 'outcome', 'q', 'reason', 'text', 'title'],
]);

/** Called for each personal text with its path (a JSON Pointer into the leaf); answers what stands there instead. */
export type Replace = (path: string, value: string) => string;

/** A copy of before, after or detail in which every personal text is replaced. Elements of a list are as personal as
 * the list, members of an object by their own names; numbers and states never are. */
export function replacePersonal(value: unknown, path: string, replace: Replace, personal = false): unknown {
  if (typeof value === 'string') return personal ? replace(path, value) : value;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    return value.map((inner, n) => replacePersonal(inner, `${path}/${n}`, replace, personal));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      replacePersonal(inner, `${path}/${escapePointer(key)}`, replace, PERSONAL_MEMBERS.has(key)),
    ]),
  );
}

const escapePointer = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Bytes of an entry's seed. */
export const SEED_BYTES = 32;

/** The salt of one value, 22 characters (128 bits), from the entry's random seed. */
export function saltOf(seed: Buffer, path: string): string {
  return hash('sha256', Buffer.concat([seed, Buffer.from(path)]), 'base64url').slice(0, 22);
}

/** What stands in the leaf: SHA-256 over the salt's 22 characters and the value's UTF-8 bytes. */
export function commitment(salt: string, value: string): string {
  return `sha256:${hash('sha256', salt + value, 'base64url')}`;
}
