import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { pool } from '@/lib/database/pool';
import { inTransaction } from '@/lib/database/transaction';
import { originOf, readLogId, readPublicKeys } from './log-state';
import { readLog } from './read-log';
import { bringLogUpToDate } from './run-sequencer';
import { writeAudit } from './write-audit';

/**
 * The whole log as NDJSON, as verify-log.mjs reads it: first what log it is, then each entry as its leaf with what
 * opens its commitments, and each checkpoint behind the entries it covers. The export itself is written down first,
 * so it is in it.
 * @param warn told when the log could not be signed to its end
 * @throws AppError forbidden
 */
export async function* exportLog(actor: Actor, warn: (words: string) => void): AsyncGenerator<string> {
  requireRight(actor, 'audit.export');
  await inTransaction((tx) =>
    writeAudit(tx, actor, { verb: 'data.export', object: { type: 'export', id: 'audit' } }),
  );
  await bringLogUpToDate().then(
    ({ state, words }) => state === 'refused' && warn(words),
    (error: unknown) => warn(error instanceof Error ? error.message : String(error)),
  );
  const logId = await readLogId(pool());
  yield JSON.stringify({ log: { format: 1, origin: originOf(logId), keys: readPublicKeys(logId) } });
  for await (const item of readLog()) {
    if ('checkpoint' in item) {
      yield JSON.stringify({ checkpoint: item.checkpoint.note });
    } else if (item.leaf.leaf) {
      const { hash, leaf } = item.leaf;
      const told = JSON.stringify(hash.toString('base64'));
      yield `{"hash":${told},"open":${JSON.stringify(leaf.open)},"leaf":${leaf.text}}`;
    } else {
      warn(`Entry ${item.leaf.index} of the log is gone from the database and left out.`);
    }
  }
}
