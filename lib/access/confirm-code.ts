import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { unseal } from '@/lib/settings/seal';
import { hashRecoveryCode, makeRecoveryCodes, readCode } from './one-time-code';
import { requireFresh } from './require-fresh';
import type { Person } from './schema';
import { sealName } from './take-code';

/**
 * Turns the second factor on with a first code of the app.
 * @returns recovery codes, this once
 * @throws AppError unproved; bad_input for a wrong code; conflict when none was begun
 */
export async function confirmCode(
  person: Person,
  input: { code: string },
): Promise<{ recoveryCodes: string[] }> {
  requireFresh(person);
  const recoveryCodes = makeRecoveryCodes();
  await inTransaction(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: person.id } });
    if (!user.codeSecret || user.codeConfirmedAt)
      throw new AppError('conflict', 'Begin anew: reload the page.');
    const step = readCode(unseal(sealName(user.id), user.codeSecret), input.code);
    if (step === null) {
      throw new AppError(
        'bad_input',
        'This is not the code of now. Check the clock of your device and try the next one.',
      );
    }
    const { count } = await tx.user.updateMany({
      where: { id: user.id, codeConfirmedAt: null },
      data: {
        codeConfirmedAt: new Date(),
        codeStep: step,
        recoveryHashes: recoveryCodes.map(hashRecoveryCode),
      },
    });
    if (count === 0) throw new AppError('conflict', 'It is on already. Reload the page.');
    await writeAudit(tx, person, {
      verb: 'user.add_code',
      object: { type: 'user', id: String(user.id), label: user.name },
    });
  });
  return { recoveryCodes };
}
