/** A transaction for statements about thousands of rows: straight to the driver, since Prisma's way there costs more
 * than the database's work. */
import type pg from 'pg';
import type { Prisma } from './generated/client';
import { pool } from './pool';

export interface BulkTransaction {
  /** @returns the rows, with the driver's own types */
  query<T = never>(sql: Prisma.Sql): Promise<T[]>;
}

/** Rows are looked up by their keys, in the order of the keys: going through a whole table for each batch is what costs
 * most, and two transactions that take rows in one order do not block each other for good. */
const BEGIN = [
  'BEGIN',
  ...['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'].map((way) => `SET LOCAL enable_${way} = off`),
].join('; ');

/**
 * Runs `work` in one transaction (read committed); what it throws undoes everything.
 * @param standstillMs after so many milliseconds without a statement Postgres ends the transaction: a process that was
 *   stopped in the middle of one would hold up all who need what it has locked
 */
export async function inBulkTransaction<T>(
  work: (tx: BulkTransaction) => Promise<T>,
  standstillMs: number,
): Promise<T> {
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    await client.query(
      `${BEGIN}; SET LOCAL idle_in_transaction_session_timeout = ${Math.round(standstillMs)}`,
    );
    const result = await work(bulk(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    // A connection that cannot even undo is closed below, which undoes as well.
    const undone = await client.query('ROLLBACK').then(
      () => true,
      () => false,
    );
    if (undone) failure = undefined;
    throw error;
  } finally {
    client.release(failure);
  }
}

function bulk(client: pg.PoolClient): BulkTransaction {
  return {
    async query<T>({ text, values }: Prisma.Sql) {
      return (await client.query(text, values)).rows as T[];
    },
  };
}

/** Numbers or plain words as Postgres reads an array: the driver would go through it element by element. */
export const arrayText = (values: readonly (number | string)[]): string => `{${values.join(',')}}`;
