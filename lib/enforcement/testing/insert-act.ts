/** What was done to accounts, and what their owners wrote, straight into the test's own database. */
import type { Person } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { inTransaction, type Transaction } from '@/lib/database/transaction';

export interface TestAct {
  clusterId: number;
  accountIds: string[];
  proposer: Person;
  approver?: Person;
  at?: Date;
  item?: Partial<Prisma.ProposalItemUncheckedCreateInput>;
  proposal?: Partial<Prisma.ProposalUncheckedCreateInput>;
}

/** A finished ban of these accounts, on which they stand as banned. @returns the proposal's id */
export function insertAct(act: TestAct): Promise<number> {
  // In one transaction: a list is frozen once its proposal is committed.
  return inTransaction((db) => insert(db, act));
}

async function insert(db: Transaction, act: TestAct): Promise<number> {
  const { clusterId, accountIds, proposer, approver, at = new Date(Date.now() - 3_600_000) } = act;
  const sha256 = 'a'.repeat(64);
  const { id: proposalId } = await db.proposal.create({
    data: {
      action: 'ban',
      clusterId,
      status: 'done',
      reason: 'one operation',
      sha256,
      accountCount: accountIds.length,
      evidence: [
        { kind: 'payment', members: 3, population: 3, expected: 0.02, points: 20 },
        { kind: 'device', members: 2, population: 5, expected: 0.3, points: 4 },
      ],
      impact: {},
      approvalsRequired: 1,
      proposedById: proposer.id,
      proposedAt: at,
      expiresAt: at,
      startedAt: at,
      finishedAt: at,
      ...act.proposal,
    },
  });
  if (approver) {
    const verdict = 'approve' as const;
    await db.approval.create({
      data: {
        proposalId,
        proposedById: proposer.id,
        approverId: approver.id,
        verdict,
        reason: 'seen',
        sha256,
      },
    });
  }
  const accounts = await db.account.findMany({
    where: { id: { in: accountIds } },
    select: { key: true, id: true },
  });
  await db.proposalItem.createMany({
    data: accounts.map(({ key, id }) => ({
      proposalId,
      accountKey: key,
      accountId: id,
      strength: 0.8,
      stage: 0,
      state: 'done' as const,
      attempts: 1,
      previousStatus: 'active' as const,
      sentAt: at,
      doneAt: at,
      kinds: ['payment'],
      ...act.item,
    })),
  });
  await db.account.updateMany({
    where: { id: { in: accountIds } },
    data: { enforcedStatus: 'banned', enforcedAt: at },
  });
  return proposalId;
}

let letters = 0;

/** An appeal as ingest writes it. @returns its number */
export async function insertAppeal(
  accountId: string,
  data: Partial<Prisma.AppealUncheckedCreateInput> = {},
): Promise<number> {
  const { key } = await database().account.findUniqueOrThrow({
    where: { id: accountId },
    select: { key: true },
  });
  const { number } = await database().appeal.create({
    data: { accountKey: key, id: `ap_${++letters}`, receivedAt: new Date(), text: 'It was not me.', ...data },
  });
  return number;
}
