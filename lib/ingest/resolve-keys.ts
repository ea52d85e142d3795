/** Provider ids and model names to our small keys, made on first sight and kept whatever becomes of their records. */
import { texts } from '@/lib/database/binary-arrays';
import { pool } from '@/lib/database/pool';
import { doorHasMoved } from './door';
import { ForgottenIds, readForgotten } from './forgotten-ids';

const REMEMBERED = 500_000;

/** Keys of one table by name, remembered between batches. */
export class KeyResolver {
  private known = new Map<string, number>();

  constructor(
    /** Both answer (key, name). */
    private readonly insertSql: string,
    private readonly selectSql: string,
    /** Told of names that were just made. */
    private readonly made: (names: readonly string[]) => Promise<void> = async () => {},
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
        this.learn(await pool().query(this.insertSql, [texts(absent)]));
        await this.made(absent);
        // What somebody else made at the same moment.
        await this.find(absent.filter((name) => !this.known.has(name)));
      }
    }
    return Int32Array.from(names, (name) => this.known.get(name)!);
  }

  /** Keys are asked for again: some of them may have been erased. */
  forget(): void {
    this.known = new Map();
  }

  private async find(names: readonly string[]): Promise<void> {
    if (names.length > 0) this.learn(await pool().query(this.selectSql, [texts(names)]));
  }

  private learn({ rows }: { rows: { key: number; name: string }[] }): void {
    for (const { key, name } of rows) this.known.set(name, key);
  }
}

export const accountKeys = () =>
  new KeyResolver(
    'INSERT INTO account (id) SELECT unnest($1::text[]) ON CONFLICT (id) DO NOTHING RETURNING key, id AS name',
    'SELECT key, id AS name FROM account WHERE id = ANY($1::text[])',
    refuseForgotten,
  );

/** Who forgets a person has renamed the account before: the id is free again, and must not be taken. Asked after the
 * account was made, so that nobody who is forgotten at the same moment slips through. @throws AppError doorHasMoved */
async function refuseForgotten(ids: readonly string[]): Promise<void> {
  const found = await readForgotten(pool());
  if (!found) return;
  const forgotten = new ForgottenIds(found);
  const back = ids.filter((id) => forgotten.has(id));
  if (back.length === 0) return;
  await pool().query('DELETE FROM account WHERE id = ANY($1::text[])', [back]);
  throw doorHasMoved();
}

export const modelKeys = () =>
  new KeyResolver(
    'INSERT INTO model (name) SELECT unnest($1::text[]) ON CONFLICT (name) DO NOTHING RETURNING id AS key, name',
    'SELECT id AS key, name FROM model WHERE name = ANY($1::text[])',
  );
