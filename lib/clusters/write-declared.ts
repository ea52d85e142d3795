import type { Transaction } from '@/lib/database/transaction';
import type { Findings } from '@/lib/detection/schema';

/** Replaces the groups that declare themselves. @param keys our key of each account, in the snapshot's order. */
export async function writeDeclared(
  tx: Transaction,
  { declared }: Findings,
  keys: Int32Array,
  runId: number,
): Promise<void> {
  await tx.declaredGroup.deleteMany();
  await tx.declaredGroup.createMany({
    data: declared.map(({ accounts, by, extraction }) => ({
      runId,
      declaredBy: by,
      extraction,
      accountKeys: accounts.map((account) => keys[account]!).sort((a, b) => a - b),
    })),
  });
}
