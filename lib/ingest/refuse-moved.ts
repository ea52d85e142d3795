/** Between the door and the database time passes: what may not be taken any more by then ends the ingest. */
import type pg from 'pg';
import { pool } from '@/lib/database/pool';
import type { Batch } from './batch';
import { doorHasMoved } from './door';
import { readHorizon } from './read-horizon';
import type { KeyResolver } from './resolve-keys';

const DAY_MS = 86_400_000;

/** One for each writer: remembers how many were forgotten before it learnt its first key. */
export class MovedDoor {
  private forgottenBefore: number | undefined;

  /** Call before any key is learnt. */
  async look(): Promise<void> {
    this.forgottenBefore ??= await countForgotten(pool());
  }

  /**
   * Call under the ingest lock: nobody is forgotten and no day is dropped before it is given up.
   * @throws AppError doorHasMoved when an exchange is of a dropped day, or a key of a person forgotten since
   */
  async refuse(client: pg.ClientBase, batch: Batch, accounts: KeyResolver): Promise<void> {
    const horizon = (await readHorizon(client)) / DAY_MS;
    for (const day of batch.days.exchanges) if (day < horizon) throw doorHasMoved();
    if ((await countForgotten(client)) === this.forgottenBefore) return;
    const { rows } = await client.query<{ key: number }>('SELECT account_key AS key FROM forgotten_account');
    const forgotten = new Set(rows.map((row) => row.key));
    for (const key of await keysOf(batch, accounts)) if (forgotten.has(key)) throw doorHasMoved();
  }
}

async function countForgotten(client: Pick<pg.ClientBase, 'query'>): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM forgotten_account',
  );
  return rows[0]!.count;
}

async function keysOf({ parts }: Batch, accounts: KeyResolver): Promise<Set<number>> {
  const keys = new Set<number>();
  const ids = new Set<string>();
  for (const { chunk, learnt } of parts) {
    for (const number of chunk.exchanges.account) keys.add(learnt.account(number));
    for (const number of chunk.observations.account) keys.add(learnt.account(number));
    for (const record of [...chunk.accounts, ...chunk.appeals]) ids.add(record.account_id);
  }
  for (const key of await accounts.resolve([...ids])) keys.add(key);
  return keys;
}
