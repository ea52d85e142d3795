/** A long list that two people have approved, straight into a database: what takes minutes by hand takes a second. */
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { sha256Of, sortIds } from '../hash-list';
import { stagePlan } from '../rules';

export interface BigList {
  id: number;
  accountIds: string[];
}

/** One proposer and two approvers. @returns their ids, the proposer's first */
export async function insertPeople(): Promise<[number, number, number]> {
  const mark = Math.random().toString(36).slice(2);
  const rows = await database().user.createManyAndReturn({
    data: (['analyst', 'approver', 'approver'] as const).map((role, i) => ({
      email: `${role}${i}.${mark}@example.org`,
      name: `${role} ${i}`,
      role,
      passwordHash: 'none',
    })),
    select: { id: true },
  });
  const [proposer, first, second] = rows.map((row) => row.id);
  return [proposer!, first!, second!];
}

/** New accounts, all active, and an approved ban of them. `name` begins their ids. */
export async function insertBigList(
  count: number,
  name: string,
  [proposer, ...approvers]: readonly number[],
): Promise<BigList> {
  const accounts = await database().$queryRaw<{ key: number; id: string }[]>`
    INSERT INTO account (id, created_at)
    SELECT ${name} || '_' || lpad(n::text, 6, '0'), now() FROM generate_series(1, ${count}::int) n
    RETURNING key, id`;
  const sha256 = sha256Of(sortIds(accounts.map((account) => account.id)));
  const id = await inTransaction(async (tx) => {
    const proposal = await tx.proposal.create({
      data: {
        action: 'ban',
        status: 'approved',
        reason: 'agreed',
        sha256,
        accountCount: count,
        evidence: [],
        impact: { accounts: count, monthlySpendUsd: 0, groups: [], kinds: 2, weakest: 0.9, heldByOneKind: 0 },
        approvalsRequired: approvers.length,
        proposedById: proposer!,
        expiresAt: new Date(Date.now() + 86_400_000),
      },
      select: { id: true },
    });
    await tx.$executeRaw`
      INSERT INTO proposal_item (proposal_id, account_key, account_id, strength, stage)
      SELECT ${proposal.id}::int, * FROM unnest(
        ${accounts.map((a) => a.key)}::int[], ${accounts.map((a) => a.id)}::text[],
        ${accounts.map(() => 0.9)}::float8[], ${stagePlan(count)}::smallint[])`;
    await tx.$executeRaw`
      INSERT INTO approval (proposal_id, proposed_by_id, approver_id, verdict, reason, sha256)
      SELECT ${proposal.id}::int, ${proposer}::int, approver, 'approve', 'looked at it', ${sha256}
      FROM unnest(${approvers}::int[]) approver`;
    return proposal.id;
  });
  return { id, accountIds: accounts.map((account) => account.id) };
}
