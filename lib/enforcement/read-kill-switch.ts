import { RIGHTS } from '@/lib/access/rules';
import type { User } from '@/lib/database/generated/client';
import type { Transaction } from '@/lib/database/transaction';

/** Why all enforcement is stopped, or null while it is not. */
export async function readKillSwitch(tx: Transaction): Promise<{ id: number; reason: string } | null> {
  return tx.killSwitch.findFirst({ where: { releasedAt: null }, select: { id: true, reason: true } });
}

export function killNote(reason: string): string {
  return `Kill switch: ${reason}`;
}

/** Whether the word of somebody who asked for the release counts: a user who was disabled since, or has another role,
 * is not one of the two. */
export function mayRelease({ role, disabledAt }: Pick<User, 'role' | 'disabledAt'>): boolean {
  return disabledAt === null && (RIGHTS['enforcement.kill'] as readonly string[]).includes(role);
}
