import type { Transaction } from '@/lib/database/transaction';

/** Why all enforcement is stopped, or null while it is not. */
export async function readKillSwitch(tx: Transaction): Promise<{ id: number; reason: string } | null> {
  return tx.killSwitch.findFirst({ where: { releasedAt: null }, select: { id: true, reason: true } });
}

export function killNote(reason: string): string {
  return `Kill switch: ${reason}`;
}
