import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { requireFresh } from './require-fresh';
import type { Person } from './schema';

/** Takes one's own second factor away. @throws AppError unproved; conflict when there is none */
export async function removeCode(person: Person): Promise<void> {
  requireFresh(person);
  await inTransaction(async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: person.id, codeConfirmedAt: { not: null } },
      data: { codeConfirmedAt: null, codeSecret: null, codeStep: null, recoveryHashes: [] },
    });
    if (count === 0) throw new AppError('conflict', 'You have no second factor. Reload the page.');
    await writeAudit(tx, person, {
      verb: 'user.remove_code',
      object: { type: 'user', id: String(person.id), label: person.name },
    });
  });
}
