import type { Person } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { clusterRef } from '@/lib/clusters/rules';
import type { EvidenceSummary } from '@/lib/clusters/schema';
import type { Transaction } from '@/lib/database/transaction';
import type { SourceDetail } from './find-source';
import { sha256Of, sortIds } from './hash-list';
import { proposalRef, stagePlan } from './rules';
import type { EnforcementAction, Impact, ProposalSource } from './schema';

/** One account of a list to be frozen. */
export interface FrozenAccount {
  accountKey: number;
  accountId: string;
  strength: number;
  clusterId: number | null;
  kinds: readonly string[];
  groups: readonly string[];
  /** Of a restore: the state to return to, the countermeasures to lift, and whose effect is undone. */
  targetStatus?: string | null;
  lifts?: readonly string[];
  restoresProposalId?: number | null;
}

export interface FrozenList {
  action: EnforcementAction;
  countermeasure?: string;
  reason: string;
  reasonCode?: string;
  source: ProposalSource;
  detail: SourceDetail & Record<string, unknown>;
  clusterId: number | null;
  clusterName: string | null;
  restoresId?: number | null;
  companionId?: number;
  replacesId?: number;
  /** In the order of the stages, strongest first. */
  accounts: readonly FrozenAccount[];
  impact: Impact;
  approvalsRequired: number;
  freshMinutes: number | null;
  tiersVersion: number;
  waitHours: number;
  /** For the audit: what was left out. */
  leftOut?: object;
}

/** Writes a list, its evidence, its hash and its audit entry. From here on nobody can change it. @returns its id */
export async function freezeList(tx: Transaction, person: Person, list: FrozenList): Promise<{ id: number }> {
  const sha256 = sha256Of(sortIds(list.accounts.map((account) => account.accountId)));
  const { id } = await tx.proposal.create({
    data: {
      action: list.action,
      countermeasure: list.countermeasure ?? null,
      clusterId: list.clusterId,
      source: list.source,
      sourceDetail: JSON.parse(JSON.stringify(list.detail)),
      restoresId: list.restoresId ?? null,
      companionId: list.companionId ?? null,
      replacesId: list.replacesId ?? null,
      reason: list.reason,
      reasonCode: list.reasonCode ?? null,
      sha256,
      accountCount: list.accounts.length,
      evidence: JSON.parse(JSON.stringify(await readEvidence(tx, list))),
      impact: JSON.parse(JSON.stringify(list.impact)),
      approvalsRequired: list.approvalsRequired,
      freshMinutes: list.freshMinutes,
      tiersVersion: list.tiersVersion,
      proposedById: person.id,
      expiresAt: new Date(Date.now() + list.waitHours * 3_600_000),
    },
    select: { id: true },
  });
  await insertItems(tx, id, list.accounts);
  await writeAudit(tx, person, {
    verb: 'proposal.create',
    object: { type: 'proposal', id: proposalRef(id), label: list.clusterName ?? list.detail.label },
    reason: list.reason,
    after: { status: 'waiting' },
    detail: {
      action: list.action,
      countermeasure: list.countermeasure,
      source: list.source,
      from: list.detail,
      cluster: list.clusterId === null ? undefined : clusterRef(list.clusterId),
      restores: list.restoresId ? proposalRef(list.restoresId) : undefined,
      companion: list.companionId ? proposalRef(list.companionId) : undefined,
      replaces: list.replacesId ? proposalRef(list.replacesId) : undefined,
      accounts: list.accounts.length,
      sha256,
      approvalsRequired: list.approvalsRequired,
      freshMinutes: list.freshMinutes,
      tiers: list.tiersVersion,
      leftOut: list.leftOut,
    },
  });
  return { id };
}

/** The evidence of the list's cluster, or of the cluster that speaks for most of its accounts. */
async function readEvidence(tx: Transaction, list: FrozenList): Promise<EvidenceSummary[]> {
  const counts = new Map<number, number>();
  for (const { clusterId } of list.accounts)
    if (clusterId !== null) counts.set(clusterId, (counts.get(clusterId) ?? 0) + 1);
  const most = [...counts].sort(([a, n], [b, m]) => m - n || a - b)[0]?.[0];
  const clusterId = list.clusterId ?? most;
  if (clusterId === undefined) return [];
  return tx.evidence.findMany({
    where: { clusterId },
    orderBy: [{ points: 'desc' }, { kind: 'asc' }],
    select: { kind: true, members: true, population: true, expected: true, points: true },
  });
}

/** Kinds and groups hold no unit separator: they are names of ours. */
const SEPARATOR = '\u001F';
const joined = (values: readonly string[] = []) => values.join(SEPARATOR);

/** The whole list in one statement, in the order of its stages. */
async function insertItems(
  tx: Transaction,
  proposalId: number,
  accounts: readonly FrozenAccount[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO proposal_item (proposal_id, account_key, account_id, strength, stage, cluster_id, kinds, groups,
      target_status, lifts, restores_proposal_id)
    SELECT ${proposalId}::int, key, id, strength, stage, cluster_id,
      COALESCE(string_to_array(NULLIF(kinds, ''), ${SEPARATOR}), '{}'),
      COALESCE(string_to_array(NULLIF(groups, ''), ${SEPARATOR}), '{}'), target::account_status,
      COALESCE(string_to_array(NULLIF(lifts, ''), ${SEPARATOR}), '{}'), restores
    FROM unnest(
      ${accounts.map((a) => a.accountKey)}::int[], ${accounts.map((a) => a.accountId)}::text[],
      ${accounts.map((a) => a.strength)}::float8[], ${stagePlan(accounts.length)}::smallint[],
      ${accounts.map((a) => a.clusterId)}::int[], ${accounts.map((a) => joined(a.kinds))}::text[],
      ${accounts.map((a) => joined(a.groups))}::text[], ${accounts.map((a) => a.targetStatus ?? null)}::text[],
      ${accounts.map((a) => joined(a.lifts))}::text[], ${accounts.map((a) => a.restoresProposalId ?? null)}::int[]
    ) AS list (key, id, strength, stage, cluster_id, kinds, groups, target, lifts, restores)`;
}
