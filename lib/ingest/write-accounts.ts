/** What account records say, written to the account table: sent again, a record updates what it names. */
import type pg from 'pg';
import { int4s, texts } from '@/lib/database/binary-arrays';
import type { AccountRecord } from '@/lib/records/schema';

/** Column, its type in SQL, and where a record names it. */
const COLUMNS: readonly (readonly [column: string, type: string, of: (record: AccountRecord) => unknown])[] =
  [
    ['created_at', 'timestamptz', (r) => r.created_at],
    ['display_name', 'text', (r) => r.display_name],
    ['plan', 'text', (r) => r.plan],
    ['country', 'text', (r) => r.country],
    ['organization_id', 'text', (r) => r.organization_id],
    ['verified_organization', 'boolean', (r) => r.verified_organization],
    ['email_domain', 'text', (r) => r.email_domain],
    ['signup_ip', 'text', (r) => r.signup_ip],
    ['monthly_spend_usd', 'float8', (r) => r.monthly_spend_usd],
    ['program', 'text', (r) => r.program],
    ['enterprise', 'boolean', (r) => r.enterprise],
    ['last_paid_at', 'timestamptz', (r) => r.last_paid_at],
    ['reported_status', 'account_status', (r) => r.status],
  ];

/** Later records of the same account win field by field, as if they had come one after another. */
export async function writeAccounts(
  client: pg.ClientBase,
  records: readonly AccountRecord[],
  keyOf: (accountId: string) => number,
): Promise<void> {
  if (records.length === 0) return;
  const merged = new Map<string, AccountRecord>();
  for (const record of records) {
    const before = merged.get(record.account_id);
    merged.set(record.account_id, before ? { ...before, ...named(record) } : record);
  }
  const rows = [...merged.values()];
  const columns = COLUMNS.filter(([, , of]) => rows.some((record) => of(record) !== undefined));
  const sets = columns.map(
    ([column, type]) => `${column} = COALESCE(t.${column}::${type}, account.${column})`,
  );
  if (columns.some(([column]) => column === 'reported_status')) {
    // What comes in after our own act may contradict it.
    sets.push('reported_at = CASE WHEN t.reported_status IS NULL THEN account.reported_at ELSE now() END');
  }
  const arrays = columns.map((_, index) => `$${index + 2}::text[]`);
  await client.query(
    `UPDATE account SET ${sets.join(', ')}
     FROM unnest($1::int[], ${arrays.join(', ')}) AS t(key, ${columns.map(([column]) => column).join(', ')})
     WHERE account.key = t.key`,
    [
      int4s(rows.map((record) => keyOf(record.account_id))),
      ...columns.map(([, , of]) => texts(rows.map((record) => textOf(of(record))))),
    ],
  );
}

const textOf = (value: unknown) => (value === undefined ? null : String(value));

const named = (record: AccountRecord): Partial<AccountRecord> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
