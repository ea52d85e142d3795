import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { pool } from '@/lib/database/pool';
import { readLogId, readPublicKeys } from './log-state';
import { storedTree } from './stored-tree';
import type { ConsistencyProof } from './verification-schema';

/**
 * Proves that the log at one checkpoint is a prefix of the log at another.
 * @param older size of the older checkpoint
 * @param newer size of the newer one; the newest when absent
 * @returns null when one of them does not exist or they are the wrong way round. @throws AppError forbidden
 */
export async function getConsistencyProof(
  actor: Actor,
  older: number,
  newer?: number,
): Promise<ConsistencyProof | null> {
  requireRight(actor, 'audit.read');
  const [heads, logId] = await Promise.all([
    pool().query<{ size: number; note: string }>(
      `SELECT size, note FROM audit_checkpoint
       WHERE size = $1 OR size = coalesce($2, (SELECT max(size) FROM audit_checkpoint)) ORDER BY size`,
      [older, newer ?? null],
    ),
    readLogId(pool()),
  ]);
  const [first, last = first] = heads.rows;
  if (!first || !last || first.size !== older || (newer !== undefined && last.size !== newer)) return null;
  const path = await storedTree(pool()).consistency(first.size, last.size);
  return {
    older: first.note,
    newer: last.note,
    path: path.map((hash) => hash.toString('base64')),
    publicKeys: readPublicKeys(logId),
  };
}
