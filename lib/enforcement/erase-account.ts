import type { Transaction } from '@/lib/database/transaction';
import { type Erasure, scrubJson } from '@/lib/erasure';
import { AppError } from '@/lib/errors';
import { hashOfItems } from './lock-proposal';
import { proposalRef } from './rules';

/** An account under a hold, or on a list that is waiting or being worked off, is not forgotten. @throws AppError locked, conflict */
export async function refuseUnforgettable(tx: Transaction, accountKey: number): Promise<void> {
  const [held] = await tx.$queryRaw<{ kind: string | null }[]>`
    SELECT hold_against(${accountKey}::int, 'ban')::text AS kind`;
  if (held?.kind) {
    throw new AppError(
      'locked',
      held.kind === 'legal_hold'
        ? 'This account is under legal hold: nothing of it may be erased. Let legal end the hold first.'
        : 'This account is on the never-ban list, which would lose it. End that entry first.',
    );
  }
  const lists = await tx.proposal.findMany({
    where: {
      items: { some: { accountKey } },
      // A stopped one is over once every call that was under way has its answer: it may be repeated until then.
      OR: [
        { status: { in: ['waiting', 'approved', 'running', 'paused'] } },
        { status: 'stopped', settledAt: null },
      ],
    },
    orderBy: { id: 'asc' },
    select: { id: true, status: true },
  });
  if (lists.length === 0) return;
  const names = lists.map(({ id, status }) => `${proposalRef(id)} (${status})`).join(', ');
  throw new AppError(
    'conflict',
    `This account is on a list that is not over: ${names}. Let it end, or withdraw or stop it, then forget the account.`,
  );
}

/** Takes an account's id and words out of lists, holds, appeals and the sandbox. @returns rows by table */
export async function eraseFromEnforcement(
  tx: Transaction,
  erasure: Erasure,
): Promise<Record<string, number>> {
  const { accountKey, id, name } = erasure;
  return {
    proposal_item: await eraseItems(tx, erasure),
    proposal: await scrubProposals(tx, erasure),
    approval: await scrubApprovals(tx, erasure),
    account_hold: await scrubHolds(tx, erasure),
    account_countermeasure:
      await tx.$executeRaw`DELETE FROM account_countermeasure WHERE account_key = ${accountKey}`,
    appeal: await tx.$executeRaw`
      UPDATE appeal SET id = ${name} || '/' || number, text = NULL WHERE account_key = ${accountKey}`,
    sandbox_account: await tx.$executeRaw`DELETE FROM sandbox_account WHERE account_id = ${id}`,
  };
}

/** The new name in every list, and both hashes of each list, so that the approved one can be told from the present. */
async function eraseItems(tx: Transaction, { accountKey, name, scrub }: Erasure): Promise<number> {
  const items = await tx.proposalItem.findMany({
    where: { accountKey },
    orderBy: { proposalId: 'asc' },
    select: { proposalId: true, outcome: true },
  });
  for (const { proposalId, outcome } of items) {
    const before = await hashOfItems(tx, proposalId);
    await tx.proposalItem.update({
      where: { proposalId_accountKey: { proposalId, accountKey } },
      data: { accountId: name, outcome: outcome === null ? null : scrub(outcome) },
    });
    const after = await hashOfItems(tx, proposalId);
    await tx.$executeRaw`
      INSERT INTO proposal_erasure (proposal_id, ordinal, account_key, sha256_before, sha256_after)
      SELECT ${proposalId}, count(*) + 1, ${accountKey}, ${before}, ${after}
      FROM proposal_erasure WHERE proposal_id = ${proposalId}`;
  }
  return items.length;
}

async function scrubProposals(tx: Transaction, { patterns, scrub }: Erasure): Promise<number> {
  const found = await tx.$queryRaw<
    { id: number; reason: string; note: string | null; source: unknown; evidence: unknown; impact: unknown }[]
  >`
    SELECT id, reason, note, source_detail AS source, evidence, impact FROM proposal
    WHERE reason ILIKE ANY(${patterns}) OR note ILIKE ANY(${patterns}) OR source_detail::text ILIKE ANY(${patterns})
      OR evidence::text ILIKE ANY(${patterns}) OR impact::text ILIKE ANY(${patterns})`;
  const json = (value: unknown) => JSON.stringify(scrubJson(value, scrub));
  for (const { id, reason, note, source, evidence, impact } of found) {
    await tx.$executeRaw`
      UPDATE proposal SET reason = ${scrub(reason)}, note = ${note === null ? null : scrub(note)},
        source_detail = ${json(source)}::jsonb, evidence = ${json(evidence)}::jsonb, impact = ${json(impact)}::jsonb
      WHERE id = ${id}`;
  }
  return found.length;
}

async function scrubApprovals(tx: Transaction, { patterns, scrub }: Erasure): Promise<number> {
  const found = await tx.$queryRaw<{ id: number; reason: string }[]>`
    SELECT id, reason FROM approval WHERE reason ILIKE ANY(${patterns})`;
  for (const { id, reason } of found) {
    await tx.approval.update({ where: { id }, data: { reason: scrub(reason) } });
  }
  return found.length;
}

async function scrubHolds(tx: Transaction, { patterns, scrub }: Erasure): Promise<number> {
  const found = await tx.$queryRaw<{ id: number; reason: string; ended: string | null }[]>`
    SELECT id, reason, ended_reason AS ended FROM account_hold
    WHERE reason ILIKE ANY(${patterns}) OR ended_reason ILIKE ANY(${patterns})`;
  for (const { id, reason, ended } of found) {
    await tx.accountHold.update({
      where: { id },
      data: { reason: scrub(reason), endedReason: ended === null ? null : scrub(ended) },
    });
  }
  return found.length;
}
