import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudits } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import type { AddHoldInput } from './hold-schema';
import { parseList, possibleIds, resolveList } from './parse-list';

/**
 * Puts accounts on the never-ban list or under legal hold. Lists that hold one of them already lose it when they are
 * carried out. @returns how many were added; those that are held already stay as they are
 * @throws AppError forbidden, bad_input (unknown accounts, a day that is over)
 */
export async function addHold(
  actor: Actor,
  input: AddHoldInput,
): Promise<{ added: number; already: number }> {
  requireRight(actor, 'hold.manage');
  const reason = storableText(input.reason);
  const parsed = parseList(storableText(input.accounts));
  const expiresAt = input.until === undefined ? null : endOfDay(input.until);
  return inTransaction(async (tx) => {
    const accounts = await tx.account.findMany({
      where: { id: { in: possibleIds(parsed) } },
      select: { key: true, id: true },
    });
    const { unknown } = resolveList(parsed, new Set(accounts.map((account) => account.id)), new Map()).report;
    if (unknown.length > 0) {
      const named = unknown.slice(0, 3).map((entry) => entry.text);
      const more = unknown.length > 3 ? ` and ${unknown.length - 3} more` : '';
      throw new AppError('bad_input', `${named.join(', ')}${more}: no such account. Nothing was added.`);
    }
    // One that ran out makes room; it stays as a record.
    await tx.accountHold.updateMany({
      where: {
        kind: input.kind,
        endedAt: null,
        expiresAt: { lte: new Date() },
        accountKey: { in: accounts.map((account) => account.key) },
      },
      data: { endedAt: new Date(), endedReason: 'ran out' },
    });
    const added = await tx.$queryRaw<{ key: number }[]>`
      INSERT INTO account_hold (kind, account_key, reason, created_by_id, expires_at)
      SELECT ${input.kind}::hold_kind, key, ${reason}, ${actor.kind === 'user' ? actor.id : null}::int, ${expiresAt}::timestamptz
      FROM unnest(${accounts.map((account) => account.key)}::int[]) AS key
      ON CONFLICT (account_key, kind) WHERE ended_at IS NULL DO NOTHING
      RETURNING account_key AS key`;
    const keys = new Set(added.map((row) => row.key));
    await writeAudits(
      tx,
      actor,
      accounts
        .filter((account) => keys.has(account.key))
        .map(({ id }) => ({
          verb: 'hold.add',
          object: { type: 'account', id },
          reason,
          after: { hold: input.kind, until: expiresAt?.toISOString() ?? null },
        })),
    );
    return { added: keys.size, already: accounts.length - keys.size };
  });
}

/** @throws AppError bad_input */
function endOfDay(day: string): Date {
  const end = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
  if (end.getTime() > Date.now()) return end;
  throw new AppError('bad_input', `${day} is over already. Give a later day, or none.`);
}
