import type { Transaction } from '@/lib/database/transaction';
import { proposalRef } from './rules';

/** Tries in a row before the job waits for resumeExecutions, which looks every minute. */
const TRIES = 3;

/**
 * Hands a proposal to the worker, in the caller's transaction: the job exists exactly when the change does. One job
 * a proposal; while one runs, the next waits for it (a queue of its own). The queue’s tables come with `migrate`.
 * @param inSeconds from now on, by the database's clock
 */
export async function enqueueExecution(tx: Transaction, proposalId: number, inSeconds = 0): Promise<void> {
  const ref = proposalRef(proposalId);
  await tx.$executeRaw`SELECT graphile_worker.add_job(
    'execute_proposal', json_build_object('proposalId', ${proposalId}::int), queue_name => ${ref},
    run_at => now() + make_interval(secs => ${inSeconds}::float8), max_attempts => ${TRIES}::int, job_key => ${`execute:${ref}`})`;
}
