/** Makes the app's role in a migrated database, with exactly what it may do. */
import pg from 'pg';
import { appRole } from './app-role';
import { MIGRATE_LOCK } from './migrate';

const SCHEMAS = ['public', 'graphile_worker'];

/**
 * Makes the role where there is none and gives it what a migrated database needs; does nothing when all is there.
 * @returns null, or one line that says why the app goes on without the role and what an administrator can do
 */
export async function prepareAppRole(url: string): Promise<string | null> {
  const role = appRole();
  if (!role) return null;
  const client = new pg.Client({ connectionString: url, application_name: 'weir migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATE_LOCK]);
    const refused = await findRole(client, role);
    if (refused) return refused;
    await grantTables(client, role);
    return null;
  } finally {
    await client.end();
  }
}

/** Makes the role and the right to take it on, where either is missing. */
async function findRole(client: pg.Client, role: string): Promise<string | null> {
  const name = pg.escapeIdentifier(role);
  const { rows } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  if (rows.length === 0) {
    // Another database of this server may be making it at this moment.
    const failure = await failureOf(client, `CREATE ROLE ${name} NOLOGIN`, ['42710', '23505']);
    if (failure) return missingRole(client, role, failure);
  }
  const takeOn = `SET ROLE ${name}; RESET ROLE`;
  if (!(await failureOf(client, takeOn))) return null;
  await failureOf(client, `GRANT ${name} TO CURRENT_USER`);
  const failure = await failureOf(client, takeOn);
  return failure ? missingRole(client, role, failure) : null;
}

async function missingRole(client: pg.Client, role: string, failure: string): Promise<string> {
  const { rows } = await client.query<{ me: string }>('SELECT quote_ident(current_user) AS me');
  return (
    `Weir works without the database role ${role}, so triggers alone guard the audit (${failure}). ` +
    `An administrator of the database can mend it: CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO ${rows[0]?.me};`
  );
}

/** What went wrong, in Postgres' words; null when nothing did, or nothing that counts. */
async function failureOf(
  client: pg.Client,
  sql: string,
  fine: readonly string[] = [],
): Promise<string | null> {
  try {
    await client.query(sql);
    return null;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return fine.includes(error.code ?? '') ? null : error.message;
  }
}

/**
 * One statement for each table that lacks its grant. Partitions need none of their own: they are reached through
 * their parent. Which entries of the audit are new is told by columns that only their defaults may fill.
 */
const MISSING_GRANTS = `
  WITH things AS (
    SELECT c.oid, c.oid::regclass::text AS name, c.relkind, c.relrowsecurity,
      n.nspname = 'public' AND c.relname LIKE 'audit\\_%' AS audit, c.relname = 'audit_entry' AS entry
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY($2) AND c.relkind IN ('r', 'p', 'v', 'S') AND NOT c.relispartition
  )
  SELECT format('GRANT USAGE ON SCHEMA %I TO %I', nspname, $1::text) AS sql
  FROM pg_namespace WHERE nspname = ANY($2) AND NOT has_schema_privilege($1::text, oid, 'USAGE')
  UNION ALL
  SELECT format('GRANT USAGE, SELECT ON SEQUENCE %s TO %I', name, $1::text)
  FROM things WHERE CASE WHEN relkind = 'S' THEN NOT has_sequence_privilege($1::text, oid, 'USAGE') END
  UNION ALL
  SELECT format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %I', name, $1::text)
  FROM things WHERE relkind <> 'S' AND NOT audit AND NOT has_table_privilege($1::text, oid, 'DELETE')
  UNION ALL
  SELECT format('GRANT SELECT, INSERT ON %s TO %I', name, $1::text)
  FROM things WHERE relkind <> 'S' AND audit AND NOT entry AND NOT has_table_privilege($1::text, oid, 'INSERT')
  UNION ALL
  SELECT format('GRANT SELECT, INSERT (%s) ON %s TO %I', columns, name, $1::text)
  FROM things CROSS JOIN LATERAL (
    SELECT string_agg(quote_ident(attname), ', ') AS columns FROM pg_attribute
    WHERE attrelid = oid AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('id', 'xid')
      AND NOT has_column_privilege($1::text, oid, attnum, 'INSERT')
  ) c WHERE entry AND columns IS NOT NULL
  UNION ALL
  SELECT format('GRANT EXECUTE ON FUNCTION %s TO %I', oid::regprocedure, $1::text)
  FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef AND NOT has_function_privilege($1::text, oid, 'EXECUTE')
  UNION ALL
  SELECT format('CREATE POLICY %I ON %s TO %I USING (true) WITH CHECK (true)', $1::text, name, $1::text)
  FROM things WHERE relrowsecurity AND NOT EXISTS (
    SELECT FROM pg_policy WHERE polrelid = things.oid AND polname = $1::text)`;

async function grantTables(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ sql: string }>(MISSING_GRANTS, [role, SCHEMAS]);
  if (rows.length > 0) await client.query(['BEGIN', ...rows.map(({ sql }) => sql), 'COMMIT'].join(';\n'));
}
