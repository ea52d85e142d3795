import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { pool } from '@/lib/database/pool';
import type { Openings } from './log/leaf';
import { readLogId, readPublicKeys } from './log-state';
import { readLeaf } from './read-leaf';
import { hideSensitive } from './rules';
import { storedTree } from './stored-tree';
import type { InclusionProof } from './verification-schema';

/**
 * Proves that an entry stands in the log, by a path from its leaf to a signed root.
 * @param size of the checkpoint to prove it under; the newest when absent
 * @returns null while no such checkpoint covers it. @throws AppError forbidden
 */
export async function getInclusionProof(
  actor: Actor,
  entryId: number,
  size?: number,
): Promise<InclusionProof | null> {
  requireRight(actor, 'audit.read');
  const [leaf, head, logId] = await Promise.all([
    readLeaf(pool(), entryId),
    pool().query<{ size: number; note: string }>(
      'SELECT size, note FROM audit_checkpoint WHERE $1::bigint IS NULL OR size = $1 ORDER BY size DESC LIMIT 1',
      [size ?? null],
    ),
    readLogId(pool()),
  ]);
  const checkpoint = head.rows[0];
  if (!leaf?.leaf || !checkpoint || leaf.index >= checkpoint.size) return null;
  const path = await storedTree(pool()).inclusion(leaf.index, checkpoint.size);
  return {
    index: leaf.index,
    leaf: leaf.leaf.text,
    open: shownTo(actor, leaf.leaf.open),
    hash: leaf.hash.toString('base64'),
    path: path.map((hash) => hash.toString('base64')),
    checkpoint: checkpoint.note,
    publicKeys: readPublicKeys(logId),
  };
}

/** Without the values that hold what this reader may not see; of those they are given the commitments alone. */
function shownTo(actor: Actor, open: Openings): Openings {
  if (may(actor, 'desk.read_sensitive')) return open;
  return Object.fromEntries(
    Object.entries(open).filter(([path, [, value]]) => {
      const nested = path
        .split('/')
        .slice(1)
        .reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
      return JSON.stringify(hideSensitive(nested)) === JSON.stringify(nested);
    }),
  );
}
