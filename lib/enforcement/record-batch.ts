import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import type { CallResult } from './call-provider';
import { auditObject } from './lock-proposal';
import { MAX_ATTEMPTS, retrySeconds, stricterStates, TARGET_STATE } from './rules';
import type { ItemState, StatusAction } from './schema';

interface Settled {
  accountKey: number;
  accountId: string;
  attempts: number;
  /** The try that this batch claimed the item for. */
  claimed: number;
  state: ItemState;
  /** In words; null when it was not called. */
  outcome: string | null;
  tookMs: number;
  retrySeconds: number;
}

/**
 * Writes what a batch came to: items, the accounts' own state and one audit entry, in one transaction. Items that
 * somebody claimed anew since (the lease had run out) are left to them. An account in a stricter state keeps it.
 */
export async function recordBatch(
  actor: Actor,
  proposal: { id: number; action: StatusAction; clusterName: string | null },
  stage: number,
  results: readonly CallResult[],
): Promise<void> {
  const settled = results.map(settle);
  await inTransaction(async (tx) => {
    const recorded = await recordItems(tx, proposal.id, settled);
    const mine = settled.filter((s) => recorded.has(s.accountKey));
    const done = mine.filter((s) => s.state === 'done').map((s) => s.accountKey);
    // In one order, so that two proposals with the same accounts on them do not block each other for good.
    await tx.$executeRaw`SELECT 1 FROM account WHERE key = ANY(${done}::int[]) ORDER BY key FOR NO KEY UPDATE`;
    await tx.$executeRaw`
      UPDATE account SET enforced_status = ${TARGET_STATE[proposal.action]}::account_status, enforced_at = now()
      WHERE key = ANY(${done}::int[])
        AND COALESCE(enforced_status, reported_status)::text <> ALL(${stricterStates(proposal.action)}::text[])`;
    const called = mine.filter((s) => s.outcome !== null);
    if (called.length === 0) return;
    await writeAudit(tx, actor, {
      verb: 'enforcement.apply',
      object: auditObject(proposal),
      detail: {
        action: proposal.action,
        stage,
        done: done.length,
        retrying: called.filter((s) => s.state === 'retrying').length,
        dead: called.filter((s) => s.state === 'dead').length,
        accounts: called.map((s) => ({
          id: s.accountId,
          state: s.state,
          try: s.attempts,
          outcome: s.outcome,
        })),
      },
    });
  });
}

function settle(result: CallResult): Settled {
  const { accountKey, accountId, attempts, tookMs, answer } = result;
  const base = { accountKey, accountId, attempts, claimed: attempts, tookMs, retrySeconds: 0 };
  if (!answer)
    return { ...base, attempts: attempts - 1, state: attempts > 1 ? 'retrying' : 'waiting', outcome: null };
  if (answer.kind === 'refused') return { ...base, state: 'dead', outcome: answer.note };
  if (answer.kind === 'done') {
    const again = 'an earlier try had done it, same key: no second effect';
    return { ...base, state: 'done', outcome: answer.repeated ? again : tryName(attempts) };
  }
  if (attempts >= MAX_ATTEMPTS) {
    return { ...base, state: 'dead', outcome: `${answer.note}, given up after ${attempts} tries` };
  }
  const seconds = retrySeconds(attempts);
  const outcome = `${answer.note}, ${tryName(attempts + 1)} in ${seconds} s`;
  return { ...base, state: 'retrying', outcome, retrySeconds: seconds };
}

/** "first try", "2nd try". */
function tryName(attempt: number): string {
  if (attempt === 1) return 'first try';
  return `${attempt}${attempt === 2 ? 'nd' : attempt === 3 ? 'rd' : 'th'} try`;
}

/** @returns the accounts whose item this batch still held */
async function recordItems(
  tx: Transaction,
  proposalId: number,
  settled: readonly Settled[],
): Promise<Set<number>> {
  const rows = await tx.$queryRaw<{ key: number }[]>`
    UPDATE proposal_item i SET
      state = r.state::item_state,
      attempts = r.attempts,
      outcome = COALESCE(r.outcome, i.outcome),
      took_ms = CASE WHEN r.outcome IS NULL THEN i.took_ms ELSE r.took_ms END,
      sent_at = CASE WHEN r.state = 'waiting' THEN NULL ELSE i.sent_at END,
      done_at = CASE WHEN r.state IN ('done', 'dead') THEN now() END,
      next_attempt_at = CASE WHEN r.state = 'retrying' THEN now() + make_interval(secs => r.retry) END
    FROM unnest(
      ${settled.map((s) => s.accountKey)}::int[], ${settled.map((s) => s.attempts)}::int[],
      ${settled.map((s) => s.claimed)}::int[],
      ${settled.map((s) => s.state)}::text[], ${settled.map((s) => s.outcome)}::text[],
      ${settled.map((s) => s.tookMs)}::int[], ${settled.map((s) => s.retrySeconds)}::float8[]
    ) AS r (account_key, attempts, claimed, state, outcome, took_ms, retry)
    WHERE i.proposal_id = ${proposalId} AND i.account_key = r.account_key
      AND i.state = 'sent' AND i.attempts = r.claimed
    RETURNING i.account_key AS key`;
  return new Set(rows.map((row) => row.key));
}
