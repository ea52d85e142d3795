import { IpRanges, readSpan } from './ip-ranges';
import { readLiveEntries } from './read-live-entries';

/** Those of the values that a list in force at `at` names. @param values a kind and a value, as indicators have them */
export async function findListed<T extends { kind: string; value: string }>(
  values: readonly T[],
  at: Date,
): Promise<ReadonlySet<T>> {
  if (values.length === 0) return new Set();
  const entries = await readLiveEntries(at);
  const ranges = new IpRanges(entries.flatMap(({ span, listId }) => (span ? [{ span, label: listId }] : [])));
  const named = new Set(entries.flatMap(({ span, kind, value }) => (span ? [] : [`${kind}\n${value}`])));
  return new Set(
    values.filter(({ kind, value }) => {
      if (named.has(`${kind}\n${value}`)) return true;
      const span = kind === 'ip' || kind === 'prefix' ? readSpan(value) : null;
      return span !== null && ranges.find(span) >= 0;
    }),
  );
}
