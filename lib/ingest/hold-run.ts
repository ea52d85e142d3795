/**
 * Tells a run under way from one whose writer was killed: as long as the writer lives, it holds an advisory lock on
 * the run's id.
 */
import { joinSession } from '@/lib/database/held-session';

/** First half of the lock's key; the second is the run's id. */
export const RUN_LOCK = 57_317_002;

interface HeldRun {
  id: number;
  /** Call once the run has ended. Never fails. */
  letGo(): Promise<void>;
}

/** Writes down a new run, which nobody ever sees without its lock. @throws what the database throws */
export async function holdRun(source: string, format: string, simulated: boolean): Promise<HeldRun> {
  const session = joinSession();
  try {
    const rows = await session.ask<{ id: number }>(
      `WITH made AS (INSERT INTO ingest_run (source, format, simulated) VALUES ($2, $3, $4) RETURNING id)
       SELECT id, pg_advisory_lock($1, id) FROM made`,
      [RUN_LOCK, source, format, simulated],
    );
    const { id } = rows[0]!;
    return {
      id,
      async letGo() {
        await session.ask('SELECT pg_advisory_unlock($1, $2)', [RUN_LOCK, id]).catch(() => {});
        await session.leave();
      },
    };
  } catch (error) {
    await session.leave();
    throw error;
  }
}
