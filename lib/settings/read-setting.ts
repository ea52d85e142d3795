import { database } from '@/lib/database/client';
import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import type { SettingDefinition, SettingValue } from './schema';

/**
 * The value in force and its version.
 * @param tx the transaction that decides by it, when there is one
 * @throws AppError unavailable when the stored value is not one that this version of Weir knows
 */
export async function readSetting<T>(
  setting: SettingDefinition<T>,
  tx?: Transaction,
): Promise<SettingValue<T>> {
  const row = await (tx ?? database()).setting.findFirst({
    where: { name: setting.name },
    orderBy: { version: 'desc' },
  });
  if (!row) return { value: setting.initial, version: 0 };
  const parsed = setting.schema.safeParse(row.value);
  if (!parsed.success) {
    throw new AppError(
      'unavailable',
      `The setting "${setting.title}" holds a value that this version does not know. An administrator has to set it again.`,
      `setting ${setting.name} version ${row.version}: ${parsed.error.message}`,
    );
  }
  return { value: parsed.data, version: row.version };
}
