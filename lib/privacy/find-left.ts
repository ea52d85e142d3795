/** The last look after an erasure: does any column of any table still hold what was to go? */
import { pool } from '@/lib/database/pool';
import type { Erasure } from '@/lib/erasure';
import type { ForgetResult } from './schema';

/** Columns of Postgres' own making hold nothing of people; partitions are reached through their parents. */
const TEXT_COLUMNS = `
  SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS "table", a.attname AS "column"
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname IN ('public', 'graphile_worker')
    AND a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'jsonb'::regtype, 'json'::regtype, 'text[]'::regtype)
    AND has_column_privilege(c.oid, a.attnum, 'SELECT')
  ORDER BY 1, 2`;

/** Every column with text in which the id, or another trace that is long enough to be told, still stands. */
export async function findLeft({ id, patterns, scrub }: Erasure): Promise<ForgetResult['left']> {
  if (patterns.length === 0) return [];
  const { rows: columns } = await pool().query<{ table: string; column: string }>(TEXT_COLUMNS);
  const left: ForgetResult['left'] = [];
  for (const { table, column } of columns) {
    // The dictionary has millions of rows and lost this person's values by their ids: only the account's id is left to find.
    const wanted = table === 'public.indicator' ? patterns.slice(0, 1) : patterns;
    const { rows } = await pool().query<{ text: string }>(
      `SELECT "${column}"::text AS text FROM ${table} WHERE "${column}"::text ILIKE ANY($1)`,
      [wanted],
    );
    // The pattern finds acct_1 in acct_10, too; and Acct_1 is somebody else's account.
    const isLeft = (text: string) =>
      table === 'public.account' && column === 'id' ? text === id : scrub(text) !== text;
    const found = rows.filter(({ text }) => isLeft(text)).length;
    if (found > 0) left.push({ table: table.replace(/^public\./, ''), column, rows: found });
  }
  return left;
}
