import { createHash } from 'node:crypto';

/** Account ids in the order that is hashed: by UTF-16 code unit, the same on every machine. */
export function sortIds(ids: Iterable<string>): string[] {
  return [...ids].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/**
 * SHA-256, hex, of sorted account ids joined by line feeds: `printf %s "$ids" | sha256sum` gives the same. A
 * backslash or line feed inside an id is escaped (`\\`, `\n`), so that no two lists read alike.
 */
export function sha256Of(sortedIds: readonly string[]): string {
  return createHash('sha256').update(listLines(sortedIds), 'utf8').digest('hex');
}

/** The text that is hashed: a sorted id a line, without a line feed at the end. */
export function listLines(sortedIds: readonly string[]): string {
  return sortedIds.map((id) => id.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')).join('\n');
}

/**
 * Whether a list is the one that was frozen, but for accounts that were forgotten since: each erasure goes on from the
 * hash that the one before it left, the first from the frozen one.
 * @param now the hash of the list as it stands @param erasures in order
 */
export function listStands(
  frozen: string,
  now: string,
  erasures: readonly { sha256Before: string; sha256After: string }[],
): boolean {
  let hash = frozen;
  for (const { sha256Before, sha256After } of erasures) {
    if (sha256Before !== hash) return false;
    hash = sha256After;
  }
  return hash === now;
}
