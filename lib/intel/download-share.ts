import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { lockShare } from './lock-share';
import { shareRef } from './rules';

/** The bundle of an approved share, byte by byte as it was frozen, with an audit entry.
 * @throws AppError forbidden, not_found; conflict when nobody has approved it, or it is ended */
export async function downloadShare(actor: Actor, id: number): Promise<{ name: string; bundle: string }> {
  requireRight(actor, 'share.propose');
  return inTransaction(async (tx) => {
    const { status, tlp, bundle, sha256, campaign } = await lockShare(tx, id);
    const ref = shareRef(id);
    if (status !== 'approved')
      throw new AppError('conflict', `${ref} is ${status}: only what somebody else approved can be taken.`);
    await writeAudit(tx, actor, {
      verb: 'data.export',
      object: { type: 'share', id: ref, label: campaign },
      detail: { format: 'stix', tlp, sha256 },
    });
    return { name: `weir-${ref.toLowerCase()}.json`, bundle };
  });
}
