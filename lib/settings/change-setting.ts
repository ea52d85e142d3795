import { z } from 'zod';
import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import type { Prisma } from '@/lib/database/generated/client';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { readSetting } from './read-setting';
import { type SettingChange, type SettingDefinition, type SettingValue, settingChangeSchema } from './schema';

/**
 * Adopts a new value as the next version.
 * @throws ZodError when the value or the reason may not be so; AppError forbidden; unproved; conflict when somebody else has
 *   changed the setting since `change.version`, or when nothing would change
 */
export async function changeSetting<T>(
  actor: Actor,
  setting: SettingDefinition<T>,
  input: unknown,
  change: SettingChange,
): Promise<SettingValue<T>> {
  requireRight(actor, 'settings.manage');
  requireFresh(actor);
  const value = setting.schema.parse(input);
  return inTransaction((tx) => adoptSetting(tx, actor, setting, value, change));
}

/** The same in the caller's transaction, of a value that is parsed already. @param detail for the audit's entry */
export async function adoptSetting<T>(
  tx: Transaction,
  actor: Actor,
  setting: SettingDefinition<T>,
  value: T,
  change: SettingChange,
  detail?: Record<string, unknown>,
): Promise<SettingValue<T>> {
  requireRight(actor, 'settings.manage');
  const { reason, version } = settingChangeSchema.parse(change);
  // Of two at once the second waits here, and then sees that it came too late.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`setting ${setting.name}`}, 0))`;
  const before = await readOld(setting, tx);
  if (before.version !== version) throw tooLate(setting);
  if (sameJson(before.value, value)) {
    throw new AppError('conflict', `"${setting.title}" is set so already. Nothing was changed.`);
  }
  await tx.setting.create({
    data: {
      name: setting.name,
      version: version + 1,
      value: value as Prisma.InputJsonValue,
      reason,
      changedById: actor.kind === 'user' ? actor.id : null,
    },
  });
  await writeAudit(tx, actor, {
    verb: 'setting.change',
    object: { type: 'setting', id: setting.name, label: setting.title },
    reason,
    before: { version, value: before.value },
    after: { version: version + 1, value },
    detail,
  });
  return { value, version: version + 1 };
}

/** The stored value as it is: one that this version no longer knows must not keep an administrator from mending it. */
async function readOld<T>(setting: SettingDefinition<T>, tx: Transaction) {
  return readSetting<unknown>({ ...setting, schema: z.unknown() }, tx);
}

function tooLate(setting: { title: string }): AppError {
  return new AppError(
    'conflict',
    `Somebody else has changed "${setting.title}" since you opened it. Reload the page and look again.`,
  );
}

/** Postgres does not keep the order of keys, so it must not count. */
function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
