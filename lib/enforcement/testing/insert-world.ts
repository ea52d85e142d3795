/** A cluster to act on, straight into the test's own database. */
import type { Person } from '@/lib/access/schema';
import type { MemberRole } from '@/lib/clusters/schema';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { createProposal } from '../create-proposal';
import { previewProposal } from '../preview-proposal';
import type { ProposeInput } from '../propose-schema';

export interface TestMember {
  role?: MemberRole;
  strength?: number;
  kinds?: string[];
  account?: Partial<Prisma.AccountUncheckedCreateInput>;
}

/** A new cluster with these members. Account ids are "acct_<cluster>_<index>" unless given. */
export async function insertCluster(
  members: TestMember[],
  data: Partial<Prisma.ClusterUncheckedCreateInput> = {},
): Promise<{ id: number; accountIds: string[] }> {
  const db = database();
  const now = new Date();
  const run = await db.detectionRun.create({
    data: {
      startedAt: now,
      finishedAt: now,
      windowTo: now,
      accounts: members.length,
      clusters: 1,
      benignAccounts: 0,
      config: {},
      seconds: {},
      suppressed: [],
      digest: 'none',
    },
  });
  const cluster = await db.cluster.create({
    data: {
      name: 'Copper heron',
      runId: run.id,
      rank: 1,
      score: 31,
      retention: 0.9,
      retentionLow: 0.8,
      coordination: 0.9,
      extraction: 0.9,
      quadrant: 'distillation',
      accounts: members.filter((m) => m.role !== 'weak').length,
      weakAccounts: members.filter((m) => m.role === 'weak').length,
      exchanges: 100,
      outputTokens: 1000,
      dailyRate: 10,
      payingAccounts: 0,
      spark: [],
      ...data,
    },
  });
  await db.evidence.create({
    data: {
      clusterId: cluster.id,
      kind: 'payment',
      members: members.length,
      population: members.length,
      expected: 0.02,
      points: 20,
      scoreWithout: 11,
      valueCount: 1,
      values: [],
    },
  });
  const accounts = await db.account.createManyAndReturn({
    data: members.map((member, i) => ({ id: `acct_${cluster.id}_${i}`, createdAt: now, ...member.account })),
    select: { key: true, id: true },
  });
  const keys = new Map(accounts.map((a) => [a.id, a.key]));
  const accountIds = members.map((member, i) => String(member.account?.id ?? `acct_${cluster.id}_${i}`));
  await db.clusterMember.createMany({
    data: members.map((member, i) => ({
      clusterId: cluster.id,
      accountKey: keys.get(accountIds[i]!)!,
      role: member.role ?? 'core',
      strength: member.strength ?? 0.9,
      kinds: member.kinds ?? ['payment', 'device'],
      joinedRunId: run.id,
    })),
  });
  return { id: cluster.id, accountIds };
}

/** So many ordinary core members. */
export const plain = (count: number): TestMember[] => Array.from({ length: count }, () => ({}));

/** Audit entries about one object, oldest first: "proposal.create", "proposal.approve refused". */
export async function auditOf(objectId: string): Promise<string[]> {
  const rows = await database().auditEntry.findMany({ where: { objectId }, orderBy: { id: 'asc' } });
  return rows.map((row) => (row.outcome === 'done' ? row.verb : `${row.verb} refused`));
}

/** Proposes what a preview shows, as a person at the desk does. */
export async function propose(actor: Person, input: Omit<ProposeInput, 'sha256'>): Promise<{ id: number }> {
  const { sha256 } = await previewProposal(actor, input);
  return createProposal(actor, { ...input, sha256 });
}
