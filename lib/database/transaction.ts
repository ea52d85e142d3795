/** One transaction holds a change and its audit entry. */
import { database } from './client';
import type { Prisma } from './generated/client';

export type Transaction = Prisma.TransactionClient;

/** Runs `work` in one transaction (read committed); what it throws undoes everything. */
export function inTransaction<T>(work: (tx: Transaction) => Promise<T>, timeoutMs = 30_000): Promise<T> {
  return database().$transaction(work, { maxWait: 10_000, timeout: timeoutMs });
}
