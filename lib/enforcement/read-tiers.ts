import type { Transaction } from '@/lib/database/transaction';
import { readSetting } from '@/lib/settings/read-setting';
import { type Tiers, tiersSetting } from './tiers-settings-schema';

/** The tiers in force and their version. @throws AppError unavailable */
export const readTiers = (tx: Transaction) => readSetting(tiersSetting, tx);

/** The tiers that a proposal was frozen under. */
export async function readTiersOf(tx: Transaction, version: number): Promise<Tiers> {
  const row = await tx.setting.findUnique({
    where: { name_version: { name: tiersSetting.name, version } },
    select: { value: true },
  });
  return row ? tiersSetting.schema.parse(row.value) : tiersSetting.initial;
}
