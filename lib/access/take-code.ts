import { database } from '@/lib/database/client';
import type { User } from '@/lib/database/generated/client';
import { unseal } from '@/lib/settings/seal';
import { hashRecoveryCode, readCode } from './one-time-code';

/** The name that a user's secret is sealed under: a row cannot pass for another's. */
export const sealName = (userId: number): string => `user ${userId} code`;

/**
 * Takes a code of the app or a recovery code, once: of two who bring the same one, or of one who brings it again, the
 * update finds nothing. @returns false when it is wrong or was used
 */
export async function takeCode(user: User, code: string): Promise<boolean> {
  if (!user.codeSecret) return false;
  const step = readCode(unseal(sealName(user.id), user.codeSecret), code);
  if (step !== null) {
    const { count } = await database().user.updateMany({
      where: { id: user.id, OR: [{ codeStep: null }, { codeStep: { lt: step } }] },
      data: { codeStep: step },
    });
    return count === 1;
  }
  const hash = hashRecoveryCode(code);
  const taken = await database().$executeRaw`
    UPDATE app_user SET recovery_hashes = array_remove(recovery_hashes, ${hash})
    WHERE id = ${user.id} AND ${hash} = ANY(recovery_hashes)`;
  return taken === 1;
}
