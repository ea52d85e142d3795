/** For tests: values that accounts were seen with, as ingest stores them. */
import { database } from '@/lib/database/client';
import { makeWeeks } from '@/lib/ingest/testing/make-weeks';

let made = 0n;

/** A value that these accounts were seen with on these days. @returns the indicator's id, decimal */
export async function insertHeld(
  kind: string,
  value: string,
  accountIds: readonly string[],
  days: readonly string[] = ['2026-09-10', '2026-09-20'],
): Promise<string> {
  await makeWeeks(...days);
  const id = ++made;
  await database().indicator.create({ data: { id, kind, value } });
  await database().$executeRaw`
    INSERT INTO account_indicator (account_key, indicator_id, day, count)
    SELECT a.key, ${id}, d.day, 1 FROM account a, unnest(${[...days]}::date[]) AS d (day)
    WHERE a.id = ANY(${[...accountIds]}::text[])`;
  return String(id);
}
