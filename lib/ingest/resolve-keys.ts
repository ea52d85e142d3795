/** Provider ids and model names to our small keys, made on first sight. */
import type pg from 'pg';

const REMEMBERED = 500_000;

/** Keys of one table by name, remembered between batches; only what has committed is kept. */
class KeyResolver {
  private known = new Map<string, number>();
  private fresh = new Map<string, number>();

  constructor(
    private readonly insertSql: string,
    private readonly selectSql: string,
  ) {}

  /** Makes sure that every name has a key. */
  async resolve(client: pg.ClientBase, names: Iterable<string>): Promise<void> {
    this.fresh.clear();
    const missing = [...new Set(names)].filter((name) => !this.known.has(name));
    if (missing.length === 0) return;
    let rows = (await client.query<{ key: number; name: string }>(this.selectSql, [missing])).rows;
    for (const row of rows) this.fresh.set(row.name, row.key);
    const absent = missing.filter((name) => !this.fresh.has(name));
    if (absent.length === 0) return;
    await client.query(this.insertSql, [absent]);
    rows = (await client.query<{ key: number; name: string }>(this.selectSql, [absent])).rows;
    for (const row of rows) this.fresh.set(row.name, row.key);
  }

  /** @throws Error for a name that was not resolved in this transaction or an earlier one. */
  key(name: string): number {
    const key = this.known.get(name) ?? this.fresh.get(name);
    if (key === undefined) throw new Error('a name was not resolved before its use');
    return key;
  }

  committed(): void {
    if (this.known.size > REMEMBERED) this.known = new Map();
    for (const [name, key] of this.fresh) this.known.set(name, key);
    this.fresh.clear();
  }
}

export const accountKeys = () =>
  new KeyResolver(
    'INSERT INTO account (id) SELECT unnest($1::text[]) ON CONFLICT (id) DO NOTHING',
    'SELECT key, id AS name FROM account WHERE id = ANY($1::text[])',
  );

export const modelKeys = () =>
  new KeyResolver(
    'INSERT INTO model (name) SELECT unnest($1::text[]) ON CONFLICT (name) DO NOTHING',
    'SELECT id AS key, name FROM model WHERE name = ANY($1::text[])',
  );
