import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { withoutQuotes } from './reject-reasons';
import type { Counts } from './write-batch';

interface EndedRun {
  id: number;
  source: string;
  state: 'done' | 'failed';
  /** Why it failed. */
  reason?: string;
}

/** Ends a run, with its audit entry. @throws AppError unavailable when somebody has ended it already */
export async function finishRun(
  actor: Actor,
  { id, source, state, reason }: EndedRun,
  { counts, unknownKeys }: { counts: Counts; unknownKeys: number },
): Promise<void> {
  await inTransaction(async (tx) => {
    const { count } = await tx.ingestRun.updateMany({
      where: { id, state: 'running' },
      data: { state, finishedAt: new Date() },
    });
    if (count === 0) throw runWasEnded();
    await writeAudit(tx, actor, {
      verb: 'records.ingest',
      object: { type: 'records', id: String(id), label: source },
      outcome: state === 'done' ? 'done' : 'refused',
      reason: reason && withoutQuotes(reason),
      detail: { ...counts, unknown_keys: unknownKeys },
    });
  });
}

/** What happens to a writer that lost its hold on its run, as when the database was restarted. */
export function runWasEnded(): AppError {
  return new AppError(
    'unavailable',
    'The connection to the database was lost for a while, and this ingest was ended. What was taken stays; send it again whole, nothing counts twice.',
  );
}
