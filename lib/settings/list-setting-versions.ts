import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { SettingDefinition, SettingVersionRow } from './schema';

/** Who changed a setting, when, why and to what, newest first; at most 100. @throws AppError forbidden */
export async function listSettingVersions(
  actor: Actor,
  setting: Pick<SettingDefinition<unknown>, 'name'>,
): Promise<SettingVersionRow[]> {
  requireRight(actor, 'desk.read');
  const rows = await database().setting.findMany({
    where: { name: setting.name },
    orderBy: { version: 'desc' },
    take: 100,
    include: { changedBy: true },
  });
  return rows.map((row) => ({
    version: row.version,
    value: row.value,
    reason: row.reason,
    changedBy: row.changedBy?.name ?? null,
    changedAt: row.changedAt.toISOString(),
  }));
}
