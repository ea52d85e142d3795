import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { type DetectionConfig, defaultConfig } from '@/lib/detection/schema';
import { AppError } from '@/lib/errors';
import { readSetting } from '@/lib/settings/read-setting';
import { type RequestBacktestInput, requestBacktestSchema } from './backtest-schema';
import { detectionInputSchema, detectionSetting } from './detection-settings-schema';

/** The worker's tries: one more when it was ended in the middle. */
const TRIES = 2;

/**
 * Asks for a change of detection's settings to be tried on what is stored. Nothing is applied by it.
 * @param by 'worker' hands it to the worker in the same transaction; 'caller' runs it itself
 * @returns the backtest's id
 * @throws ZodError that names the field and its range; AppError forbidden; conflict when the settings were changed
 *   since, nothing would change, or another one is not finished
 */
export async function requestBacktest(
  actor: Actor,
  input: RequestBacktestInput,
  by: 'worker' | 'caller' = 'worker',
): Promise<number> {
  requireRight(actor, 'settings.manage');
  const { change, version } = requestBacktestSchema.parse(input);
  return inTransaction(async (tx) => {
    // Two at once would both see that none is running.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('detection backtest', 0))`;
    const current = await readSetting(detectionSetting, tx);
    if (current.version !== version) {
      throw new AppError(
        'conflict',
        `Detection's settings are at version ${current.version} by now; you saw version ${version}. Reload the page and look again.`,
      );
    }
    const value = detectionInputSchema.parse({ ...current.value, ...change });
    const fields = changedFields(current.value, value);
    if (fields.length === 0)
      throw new AppError('conflict', 'Nothing is changed, so there is nothing to try.');
    const live = await tx.detectionBacktest.findFirst({ where: { state: { in: ['waiting', 'running'] } } });
    if (live) {
      throw new AppError(
        'conflict',
        `Backtest ${live.id} is not finished. Wait for it, or discard it first.`,
      );
    }
    const { id } = await tx.detectionBacktest.create({
      data: { baseVersion: version, value, requestedById: actor.kind === 'user' ? actor.id : null },
    });
    await writeAudit(tx, actor, {
      verb: 'detection.backtest',
      object: { type: 'setting', id: detectionSetting.name, label: detectionSetting.title },
      before: { version, ...pick(current.value, fields) },
      after: { backtest: id, ...pick(value, fields) },
    });
    if (by === 'worker') {
      await tx.$executeRaw`SELECT graphile_worker.add_job(
        'backtest_detection', json_build_object('backtestId', ${id}::int), queue_name => 'backtest',
        max_attempts => ${TRIES}::int, job_key => ${`backtest:${id}`})`;
    }
    return id;
  });
}

function changedFields(before: DetectionConfig, after: DetectionConfig): (keyof DetectionConfig)[] {
  const fields = Object.keys(defaultConfig) as (keyof DetectionConfig)[];
  return fields.filter((field) => text(before[field]) !== text(after[field]));
}

/** The order of a table's keys says nothing. */
function text(value: DetectionConfig[keyof DetectionConfig]): string {
  return typeof value === 'number' ? String(value) : JSON.stringify(Object.entries(value).sort());
}

const pick = (config: DetectionConfig, fields: (keyof DetectionConfig)[]) =>
  Object.fromEntries(fields.map((field) => [field, config[field]]));
