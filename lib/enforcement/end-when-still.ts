import type { Transaction } from '@/lib/database/transaction';
import { STANDSTILL_MS } from './execution-rules';

/** Lets Postgres end this transaction when its process stands still in the middle of it: what it holds, others need. */
export async function endWhenStill(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT set_config('idle_in_transaction_session_timeout', ${`${STANDSTILL_MS}ms`}, true)`;
}
