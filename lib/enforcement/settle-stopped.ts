import type { Actor } from '@/lib/access/schema';
import { writeAudits } from '@/lib/audit/write-audit';
import { Prisma } from '@/lib/database/generated/client';
import type { Transaction } from '@/lib/database/transaction';
import { auditObject } from './lock-proposal';
import type { EnforcementAction } from './schema';
import { UNKNOWN } from './unknown-outcome';
import { unpacking } from './unpack-claims';

const WORKER: Actor = { kind: 'system', name: 'worker' };

interface Settled {
  proposalId: number;
  action: EnforcementAction;
  clusterName: string | null;
  stage: number;
  accountId: string;
  outcome: string;
}

/**
 * Gives up what stopped proposals had sent and have no answer to: trying again would act after the stop, so nobody
 * will know from here whether the provider acted, and the item says so. Calls that may still be under way are left
 * until their lease has run out. Each proposal gets one audit entry a stage.
 * @param proposalId only this one's; all stopped ones when absent
 * @returns how many items were settled
 */
export async function settleStopped(tx: Transaction, proposalId?: number): Promise<number> {
  await tx.$executeRaw(
    unpacking(Prisma.sql`c.proposal_id IN (
    SELECT id FROM proposal WHERE status = 'stopped' AND settled_at IS NULL
      AND (${proposalId ?? null}::int IS NULL OR id = ${proposalId ?? null}::int))`),
  );
  const settled = await tx.$queryRaw<Settled[]>`
    WITH open AS (
      SELECT i.proposal_id, i.account_key,
        ${`${UNKNOWN}: stopped before `}::text
          || CASE WHEN i.state = 'sent' THEN 'its answer' ELSE 'the next try' END AS outcome
      FROM proposal_item i JOIN proposal p ON p.id = i.proposal_id
      WHERE p.status = 'stopped' AND p.settled_at IS NULL
        AND (i.state = 'retrying' OR i.state = 'sent' AND i.next_attempt_at <= now())
        AND (${proposalId ?? null}::int IS NULL OR p.id = ${proposalId ?? null}::int)
      ORDER BY i.proposal_id, i.account_key FOR NO KEY UPDATE OF i
    )
    UPDATE proposal_item i SET state = 'dead', outcome = open.outcome, unsure = true, done_at = now(), next_attempt_at = NULL
    FROM open JOIN proposal p ON p.id = open.proposal_id LEFT JOIN cluster c ON c.id = p.cluster_id
    WHERE i.proposal_id = open.proposal_id AND i.account_key = open.account_key
    RETURNING p.id AS "proposalId", p.action::text AS action, c.name AS "clusterName", i.stage::int AS stage,
      i.account_id AS "accountId", i.outcome`;
  const groups = new Map<string, Settled[]>();
  for (const item of settled) {
    const name = `${item.proposalId} ${item.stage}`;
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  await writeAudits(
    tx,
    WORKER,
    [...groups.values()].map((items) => {
      const { proposalId: id, clusterName, action, stage } = items[0]!;
      return {
        verb: 'enforcement.apply',
        object: auditObject({ id, clusterName }),
        detail: {
          action,
          stage,
          dead: items.length,
          accounts: items.map((item) => ({ id: item.accountId, state: 'dead', outcome: item.outcome })),
        },
      };
    }),
  );
  await tx.$executeRaw`
    UPDATE proposal p SET settled_at = now()
    WHERE p.status = 'stopped' AND p.settled_at IS NULL
      AND (${proposalId ?? null}::int IS NULL OR p.id = ${proposalId ?? null}::int)
      AND NOT EXISTS (SELECT FROM proposal_item i WHERE i.proposal_id = p.id AND i.state IN ('sent', 'retrying'))`;
  return settled.length;
}
