/** A confirmed cluster with a proposal about it, straight into the test's own database. */
import { database } from '@/lib/database/client';

/** @returns their numbers */
export async function insertProposal(accountIds: string[]): Promise<{ cluster: number; proposal: number }> {
  const db = database();
  const now = new Date();
  const run = await db.detectionRun.create({
    data: {
      startedAt: now,
      finishedAt: now,
      accounts: accountIds.length,
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
      status: 'confirmed',
      runId: run.id,
      rank: 1,
      score: 31,
      retention: 0.9,
      retentionLow: 0.8,
      coordination: 0.9,
      extraction: 0.9,
      quadrant: 'distillation',
      accounts: accountIds.length,
      weakAccounts: 0,
      exchanges: 100,
      outputTokens: 1000,
      dailyRate: 10,
      payingAccounts: 0,
      spark: [],
    },
  });
  const proposer = await db.user.upsert({
    where: { email: 'proposer@example.com' },
    create: { email: 'proposer@example.com', name: 'Pia', role: 'analyst', passwordHash: 'x' },
    update: {},
  });
  const accounts = await db.account.createManyAndReturn({
    data: accountIds.map((id) => ({ id, createdAt: now })),
    select: { key: true, id: true },
  });
  const proposal = await db.proposal.create({
    data: {
      action: 'ban',
      clusterId: cluster.id,
      reason: 'One card.',
      sha256: '0'.repeat(64),
      accountCount: accountIds.length,
      evidence: [],
      impact: {},
      approvalsRequired: 1,
      proposedById: proposer.id,
      expiresAt: new Date(now.getTime() + 3_600_000),
      items: {
        create: accounts.map((account) => ({
          accountKey: account.key,
          accountId: account.id,
          strength: 0.9,
          stage: 0,
        })),
      },
    },
  });
  return { cluster: cluster.id, proposal: proposal.id };
}
