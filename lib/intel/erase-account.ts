import type { Transaction } from '@/lib/database/transaction';
import type { Erasure } from '@/lib/erasure';

/** Where people write about campaigns, as table, key columns and text column. */
const TEXTS = [
  ['campaign', 'id', 'name'],
  ['campaign', 'id', 'summary'],
  ['actor', 'id', 'name'],
  ['share', 'id', 'reason'],
  ['share', 'id', 'decided_reason'],
  ['share', 'id', 'ended_reason'],
  ['hypothesis_revision', 'ctid', 'reason'],
  ['hypothesis_evidence', 'id', 'body'],
  ['hypothesis_evidence', 'id', 'withdrawn_reason'],
] as const;

/** Takes an account's traces out of what people wrote about campaigns and actors. @returns rows by table */
export async function eraseFromIntel(
  tx: Transaction,
  { patterns, scrub }: Erasure,
): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const [table, key, column] of TEXTS) {
    const found = await tx.$queryRawUnsafe<{ key: string; text: string }[]>(
      `SELECT ${key}::text AS key, ${column} AS text FROM ${table} WHERE ${column} ILIKE ANY($1)`,
      patterns,
    );
    for (const { key: value, text } of found) {
      await tx.$executeRawUnsafe(
        `UPDATE ${table} SET ${column} = $1 WHERE ${key} = $2::${key === 'ctid' ? 'tid' : 'int'}`,
        scrub(text),
        value,
      );
    }
    rows[table] = (rows[table] ?? 0) + found.length;
  }
  return rows;
}
