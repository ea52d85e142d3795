import type { Transaction } from '@/lib/database/transaction';
import type { Erasure } from '@/lib/erasure';
import { INGEST_LOCK, MERGE_LOCK } from './take-turns';

export interface SoleIndicator {
  /** Decimal string of the 64-bit id. */
  id: string;
  kind: string;
  value: string;
}

/** Indicators that this account alone was ever seen with. */
export async function listSoleIndicators(tx: Transaction, accountKey: number): Promise<SoleIndicator[]> {
  return tx.$queryRaw`
    SELECT i.id::text AS id, i.kind, i.value
    FROM (SELECT DISTINCT indicator_id FROM account_indicator WHERE account_key = ${accountKey}) mine
    JOIN indicator i ON i.id = mine.indicator_id
    WHERE NOT EXISTS (
      SELECT FROM account_indicator o WHERE o.indicator_id = mine.indicator_id AND o.account_key <> ${accountKey})`;
}

/** Whoever writes or merges ends the batch in hand, and nobody begins another one until the transaction ends. To be called before
 * rows of accounts are locked: a batch does it in the same order. */
export async function pauseIngest(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${MERGE_LOCK})`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${INGEST_LOCK})`;
}

/** Removes all telemetry of an account, and from the dictionary what was only ever seen with it. Where its id is
 * another account's value (a transfer to it), the new name stands. Ingest must be paused. @returns rows by table */
export async function eraseTelemetry(tx: Transaction, erasure: Erasure): Promise<Record<string, number>> {
  const { accountKey: key } = erasure;
  // Writers learn by the turn that what they remember may be gone.
  await tx.$executeRaw`
    INSERT INTO exchange_turn (turn, forgets) SELECT COALESCE(max(turn), 0) + 1, true FROM exchange_turn`;
  const rows: Record<string, number> = {
    exchange: await tx.$executeRaw`DELETE FROM exchange WHERE account_key = ${key}`,
    observation: await tx.$executeRaw`DELETE FROM observation WHERE account_key = ${key}`,
    account_indicator: await tx.$executeRaw`DELETE FROM account_indicator WHERE account_key = ${key}`,
    account_hour: await tx.$executeRaw`DELETE FROM account_hour WHERE account_key = ${key}`,
    account_bins: await tx.$executeRaw`DELETE FROM account_bins WHERE account_key = ${key}`,
    account_seen: await tx.$executeRaw`DELETE FROM account_seen WHERE account_key = ${key}`,
    exemplar: await tx.$executeRaw`DELETE FROM exemplar WHERE account_key = ${key}`,
    indicator: await tx.$executeRaw`
      DELETE FROM indicator WHERE id = ANY(${[...erasure.soleIndicators]}::bigint[])`,
  };
  rows.indicator! += await tx.$executeRaw`
    UPDATE indicator SET value = ${erasure.name} WHERE value = ${erasure.id}`;
  return rows;
}
