import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeRefusal } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import type { DetectionConfig } from '@/lib/detection/schema';
import { AppError } from '@/lib/errors';
import { adoptSetting } from '@/lib/settings/change-setting';
import type { SettingValue } from '@/lib/settings/schema';
import { storableText } from '@/lib/storable-text';
import { type AdoptBacktestInput, adoptBacktestSchema, type BacktestResult } from './backtest-schema';
import { countNewer, staleBecause } from './backtest-standing';
import { detectionInputSchema, detectionSetting } from './detection-settings-schema';

/**
 * Adopts exactly the change that was tried, as the next version, and asks the worker for a run.
 * @throws AppError forbidden, not_found; conflict when it is not of the version in force, is older than a day or
 *   adopted already, or when records came in since and `acceptNewer` does not say that this is known (kept as refused)
 */
export async function adoptBacktest(
  actor: Actor,
  input: AdoptBacktestInput,
): Promise<SettingValue<DetectionConfig>> {
  requireRight(actor, 'settings.manage');
  const { backtestId, reason, acceptNewer } = adoptBacktestSchema.parse(input);
  try {
    return await inTransaction((tx) => adopt(tx, actor, backtestId, storableText(reason), acceptNewer));
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') {
      await writeRefusal(actor, {
        verb: 'setting.change',
        object: { type: 'setting', id: detectionSetting.name, label: detectionSetting.title },
        reason: error.forPerson,
        detail: { backtest: backtestId },
      });
    }
    throw error;
  }
}

async function adopt(
  tx: Transaction,
  actor: Actor,
  id: number,
  reason: string,
  acceptNewer: boolean,
): Promise<SettingValue<DetectionConfig>> {
  await tx.$executeRaw`SELECT FROM detection_backtest WHERE id = ${id} FOR UPDATE`;
  const backtest = await tx.detectionBacktest.findUnique({ where: { id } });
  if (!backtest) throw new AppError('not_found', 'There is no such backtest. Reload the page.');
  if (backtest.state !== 'done') {
    throw new AppError('conflict', `This backtest is ${backtest.state}, so it cannot be adopted.`);
  }
  const stale = await staleBecause(backtest, tx);
  if (stale) throw new AppError('conflict', stale);
  const newer = await countNewer(backtest, tx);
  if (newer > 0 && !acceptNewer) {
    throw new AppError(
      'conflict',
      `${newer.toLocaleString('en-US')} records came in since this backtest looked. Run it again, or say that you adopt it all the same.`,
    );
  }
  const value = detectionInputSchema.parse(backtest.value);
  const { counts, unchanged } = backtest.result as unknown as BacktestResult<number>;
  const adopted = await adoptSetting(
    tx,
    actor,
    detectionSetting,
    value,
    { reason, version: backtest.baseVersion },
    { backtest: id, ...counts, unchanged, newer_records: newer },
  );
  await tx.detectionBacktest.update({
    where: { id },
    data: { state: 'adopted', adoptedVersion: adopted.version },
  });
  // The schedule's own key: beside one that waits there is no second.
  await tx.$executeRaw`SELECT graphile_worker.add_job('run_detection', max_attempts => 2, job_key => 'run_detection')`;
  return adopted;
}
