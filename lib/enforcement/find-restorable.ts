import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import type { Restorable } from './choose-restores';
import type { PreviewRestoreInput } from './restore-schema';
import { type AccountState, proposalRef } from './rules';
import type { EnforcementAction, HoldKind } from './schema';
import { isUnsure } from './unknown-outcome';

interface Row {
  accountKey: number;
  accountId: string;
  current: AccountState;
  countermeasures: string[];
  held: HoldKind | null;
  touched: boolean;
  proposalId: number | null;
  action: EnforcementAction;
  countermeasure: string | null;
  previous: AccountState | null;
  unsure: boolean;
  laterProposalId: number | null;
  underWayId: number | null;
}

/** The accounts that are to be restored, each with the effect to take back: the proposal's, or the last that stands.
 * @throws AppError not_found, bad_input (accounts that the proposal never named) */
export async function findRestorable(tx: Transaction, input: PreviewRestoreInput): Promise<Restorable[]> {
  const { proposalId = null } = input;
  const named = input.accountIds && [...new Set(input.accountIds.map(storableText))];
  if (proposalId !== null) await requireEffects(tx, proposalId);
  const keys = await tx.$queryRaw<{ key: number }[]>`
    SELECT a.key FROM account a
    WHERE a.forgotten_at IS NULL AND (${named ?? null}::text[] IS NULL OR a.id = ANY(${named ?? []}::text[]))
      AND (${proposalId}::int IS NULL
        OR a.key IN (SELECT account_key FROM proposal_item WHERE proposal_id = ${proposalId}::int))`;
  if (named && keys.length < named.length) {
    const missing = named.length - keys.length;
    throw new AppError(
      'bad_input',
      `${missing} of the ${named.length} accounts ${missing === 1 ? 'is' : 'are'} unknown${proposalId === null ? '' : ` or not on ${proposalRef(proposalId)}`}. Choose again.`,
    );
  }
  const rows = await readEffects(
    tx,
    proposalId,
    keys.map((row) => row.key),
  );
  return rows.map(({ accountKey, accountId, current, countermeasures, held, touched, ...effect }) => ({
    accountKey,
    accountId,
    current,
    countermeasures,
    held,
    touched,
    effect: effect.proposalId === null ? null : { ...effect, proposalId: effect.proposalId },
  }));
}

async function requireEffects(tx: Transaction, id: number): Promise<void> {
  const proposal = await tx.proposal.findUnique({ where: { id }, select: { action: true } });
  if (!proposal)
    throw new AppError('not_found', `There is no proposal ${proposalRef(id)}. Open it from the list again.`);
  if (proposal.action === 'restore')
    throw new AppError(
      'bad_input',
      `${proposalRef(id)} is a restore itself. Propose the action anew instead.`,
    );
}

function readEffects(tx: Transaction, proposalId: number | null, keys: readonly number[]): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    WITH effects AS MATERIALIZED (
      SELECT i.account_key, i.proposal_id, p.action::text AS action, p.countermeasure, i.previous_status,
        COALESCE(i.done_at, i.sent_at) AS done_at, i.state <> 'done' AS unsure,
        NOT EXISTS (SELECT FROM proposal_item r JOIN proposal rp ON rp.id = r.proposal_id
          WHERE r.restores_proposal_id = i.proposal_id AND r.account_key = i.account_key AND r.state = 'done'
            AND NOT rp.shadow) AS stands,
        (SELECT q.id FROM proposal_item r JOIN proposal q ON q.id = r.proposal_id
          WHERE r.restores_proposal_id = i.proposal_id AND r.account_key = i.account_key
            AND q.status IN ('waiting', 'approved', 'running', 'paused') AND r.state IN ('waiting', 'sent', 'retrying')
          LIMIT 1) AS under_way
      FROM proposal_item i JOIN proposal p ON p.id = i.proposal_id
      WHERE i.account_key = ANY(${keys}::int[]) AND p.action::text <> 'restore' AND NOT p.shadow
        AND (i.state = 'done' OR ${isUnsure()})
    )
    SELECT a.key AS "accountKey", a.id AS "accountId",
      COALESCE(a.enforced_status, a.reported_status)::text AS current,
      ARRAY(SELECT countermeasure FROM account_countermeasure x WHERE x.account_key = a.key) AS countermeasures,
      (SELECT max(h.kind)::text FROM account_hold h WHERE h.account_key = a.key AND h.ended_at IS NULL
        AND (h.expires_at IS NULL OR h.expires_at > now())) AS held,
      EXISTS (SELECT FROM effects e WHERE e.account_key = a.key
        AND (${proposalId}::int IS NULL OR e.proposal_id = ${proposalId}::int)) AS touched,
      f.proposal_id AS "proposalId", f.action, f.countermeasure, f.previous_status::text AS previous,
      COALESCE(f.unsure, false) AS unsure, f.under_way AS "underWayId",
      (SELECT e.proposal_id FROM effects e WHERE e.account_key = a.key AND e.stands AND NOT e.unsure
        AND e.action <> 'countermeasure' AND f.action <> 'countermeasure' AND e.done_at > f.done_at ORDER BY e.done_at DESC LIMIT 1) AS "laterProposalId"
    FROM account a LEFT JOIN LATERAL (
      SELECT * FROM effects e WHERE e.account_key = a.key AND e.stands
        AND (${proposalId}::int IS NULL OR e.proposal_id = ${proposalId}::int)
      ORDER BY e.done_at DESC, e.proposal_id DESC LIMIT 1
    ) f ON true
    WHERE a.key = ANY(${keys}::int[]) ORDER BY a.id`;
}
