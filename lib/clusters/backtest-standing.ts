/** Whether a backtest still says what its change would do. */
import { database } from '@/lib/database/client';
import type { Transaction } from '@/lib/database/transaction';
import { readSetting } from '@/lib/settings/read-setting';
import { detectionSetting } from './detection-settings-schema';

const LONGEST_MS = 86_400_000;

interface Looked {
  baseVersion: number;
  lookedAt: Date | null;
}

/** Why it may not be adopted any more, in words; null while it may. */
export async function staleBecause(
  { baseVersion, lookedAt }: Looked,
  tx?: Transaction,
): Promise<string | null> {
  const { version } = await readSetting(detectionSetting, tx);
  if (version !== baseVersion) {
    return `It was tried against version ${baseVersion}; version ${version} is in force. Try the change again.`;
  }
  if (!lookedAt || Date.now() - lookedAt.getTime() > LONGEST_MS) {
    return 'It looked at the records more than a day ago. Try the change again.';
  }
  const changed = await (tx ?? database()).infrastructureList.count({
    where: {
      OR: [{ changedAt: { gt: lookedAt } }, { endedAt: null, expiresAt: { gt: lookedAt, lte: new Date() } }],
    },
  });
  return changed > 0
    ? 'A list of known infrastructure was changed or ran out since it looked. Try the change again.'
    : null;
}

/** Records of ingests that ended after it looked. */
export async function countNewer({ lookedAt }: Looked, tx?: Transaction): Promise<number> {
  const { _sum } = await (tx ?? database()).ingestRun.aggregate({
    where: { finishedAt: { gt: lookedAt ?? new Date(0) } },
    _sum: { accepted: true },
  });
  return Number(_sum.accepted ?? 0);
}
