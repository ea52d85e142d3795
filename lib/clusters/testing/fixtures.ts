/** People, runs and clusters for database tests. Each call makes new ones; what a test is about is given to it. */
import type { Person, Role } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';

let made = 0;

/** A person who signed in just now. The stored hash belongs to no password; tests of sign-in use addUser. */
export async function insertUser(role: Role, name = `Test ${role} ${++made}`): Promise<Person> {
  const email = `user${++made}@example.com`;
  const user = await database().user.create({
    data: { email, name, role, passwordHash: 'none', lastSignInAt: new Date() },
  });
  return { kind: 'user', id: user.id, name, email, role, provedAt: Math.floor(Date.now() / 1000) };
}

export const WINDOW_TO = new Date('2026-09-24T12:00:00Z');

/** A detection run over 1,000 accounts, 800 of them benign, up to WINDOW_TO. */
export async function insertRun(run: Partial<Prisma.DetectionRunUncheckedCreateInput> = {}): Promise<number> {
  const inserted = await database().detectionRun.create({
    data: {
      startedAt: new Date(WINDOW_TO.getTime() - 5_000),
      finishedAt: WINDOW_TO,
      windowTo: WINDOW_TO,
      accounts: 1_000,
      clusters: 1,
      benignAccounts: 800,
      config: { coordinationHigh: 0.6, extractionHigh: 0.4 },
      seconds: {},
      suppressed: [],
      digest: 'none',
      ...run,
    },
  });
  return inserted.id;
}

interface TestMember extends Partial<Prisma.AccountCreateInput> {
  role?: 'core' | 'member' | 'weak';
  strength?: number;
  kinds?: string[];
}

/** A cluster with its members and evidence. @returns the cluster's id. */
export async function insertCluster(
  cluster: Partial<Prisma.ClusterUncheckedCreateInput> = {},
  members: TestMember[] = [],
  evidence: Partial<Prisma.EvidenceUncheckedCreateInput>[] = [],
): Promise<number> {
  const runId = cluster.runId ?? (await insertRun());
  const weak = members.filter((member) => member.role === 'weak').length;
  const { id } = await database().cluster.create({
    data: {
      name: `Cluster ${++made}`,
      rank: 1,
      score: 30,
      retention: 0.9,
      retentionLow: 0.8,
      coordination: 0.9,
      extraction: 0.9,
      quadrant: 'distillation',
      accounts: members.length - weak,
      weakAccounts: weak,
      exchanges: 1_000,
      outputTokens: 50_000,
      dailyRate: 26,
      payingAccounts: 0,
      spark: Array.from({ length: 30 }, (_, day) => day),
      ...cluster,
      runId,
    },
  });
  for (const member of members) await insertMember(id, runId, member);
  await database().evidence.createMany({
    data: evidence.map((row) => ({
      clusterId: id,
      kind: 'payment',
      members: 2,
      population: 2,
      expected: 0.01,
      points: 10,
      scoreWithout: 20,
      valueCount: 1,
      values: [{ indicatorId: '7', value: 'pm_1', members: 2, population: 2, expected: 0.01 }],
      ...row,
    })),
  });
  return id;
}

async function insertMember(clusterId: number, joinedRunId: number, member: TestMember): Promise<void> {
  const { role = 'core', strength = 0.9, kinds = ['payment'], ...account } = member;
  const { key } = await database().account.create({ data: { id: `acct_${++made}`, ...account } });
  await database().clusterMember.create({
    data: { clusterId, accountKey: key, role, strength, kinds, joinedRunId },
  });
}

/** A proposal to ban two accounts of a cluster, without its items. @returns its id. */
export async function insertProposal(
  clusterId: number,
  proposedBy: Person,
  proposal: Partial<Prisma.ProposalUncheckedCreateInput> = {},
): Promise<number> {
  const { id } = await database().proposal.create({
    data: {
      action: 'ban',
      clusterId,
      reason: 'Distillation',
      sha256: '0'.repeat(64),
      accountCount: 2,
      evidence: [],
      impact: {},
      approvalsRequired: 1,
      proposedById: proposedBy.id,
      expiresAt: new Date(Date.now() + 86_400_000),
      ...proposal,
    },
  });
  return id;
}
