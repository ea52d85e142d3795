/** Provider ids and model names to our small keys, made on first sight and kept whatever becomes of their records. */
import { pool } from '@/lib/database/pool';

const REMEMBERED = 500_000;

/** Keys of one table by name, remembered between batches. */
export class KeyResolver {
  private known = new Map<string, number>();

  constructor(
    private readonly insertSql: string,
    private readonly selectSql: string,
  ) {}

  /** The key of each name, in their order. */
  async resolve(names: readonly string[]): Promise<Int32Array> {
    if (this.known.size > REMEMBERED) this.known = new Map();
    // In one order, so that two writers never wait for each other in a circle.
    const missing = [...new Set(names.filter((name) => !this.known.has(name)))].sort();
    if (missing.length > 0) {
      await this.find(missing);
      const absent = missing.filter((name) => !this.known.has(name));
      if (absent.length > 0) {
        await pool().query(this.insertSql, [absent]);
        await this.find(absent);
      }
    }
    return Int32Array.from(names, (name) => this.known.get(name)!);
  }

  /** Keys are asked for again: some of them may have been erased. */
  forget(): void {
    this.known = new Map();
  }

  private async find(names: readonly string[]): Promise<void> {
    const { rows } = await pool().query<{ key: number; name: string }>(this.selectSql, [names]);
    for (const { key, name } of rows) this.known.set(name, key);
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
