/**
 * The role under which everything but migrations and DDL works: it reads and writes the desk's tables, and may only
 * insert into the audit's and read them. Who owns the tables could do more, so no connection of the pool stays owner.
 */
import pg from 'pg';

const DEFAULT_ROLE = 'weir_app';

/** Its name: weir_app, or WEIR_APP_ROLE; null when this database has none ("none"). */
export function appRole(): string | null {
  const role = process.env.WEIR_APP_ROLE || DEFAULT_ROLE;
  return role === 'none' ? null : role;
}

/** The connection works under the app's role from here on. @throws what Postgres says when it may not */
export async function becomeApp(client: pg.ClientBase): Promise<void> {
  const role = appRole();
  if (role) await client.query(`SET ROLE ${pg.escapeIdentifier(role)}`);
}

/** Whose connection owns the tables: DATABASE_OWNER_URL where the app signs in as somebody else. */
export function ownerUrl(url = process.env.DATABASE_URL): string {
  const owner = process.env.DATABASE_OWNER_URL || url;
  if (!owner) throw new Error('DATABASE_URL is not set: start Weir with npm start, or use npm run weir');
  return owner;
}
