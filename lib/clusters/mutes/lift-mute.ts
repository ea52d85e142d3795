import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { type LiftMuteInput, liftMuteSchema } from '../mute-schema';
import { requireUser } from '../require-user';

/** Lifts a mute before its day: what it hid is in the queue at once.
 * @throws AppError forbidden, conflict when it has ended already; ZodError */
export async function liftMute(actor: Actor, input: LiftMuteInput): Promise<{ clusters: number }> {
  requireRight(actor, 'cluster.decide');
  const person = requireUser(actor);
  const { muteId, reason: typed } = liftMuteSchema.parse(input);
  const reason = storableText(typed);
  return inTransaction(async (tx) => {
    const { count } = await tx.mutedPattern.updateMany({
      where: { id: muteId, endedAt: null },
      data: { endedAt: new Date(), endedCause: 'lifted', endedById: person.id, endedReason: reason },
    });
    if (count === 0) {
      throw new AppError('conflict', 'This mute has ended already, or there is none. Reload the page.');
    }
    const shown = await tx.cluster.updateMany({
      where: { mutedById: muteId },
      data: { mutedById: null, updatedAt: new Date() },
    });
    const mute = await tx.mutedPattern.findUniqueOrThrow({
      where: { id: muteId },
      include: { cluster: true },
    });
    await writeAudit(tx, person, {
      verb: 'mute.lift',
      object: { type: 'mute', id: String(muteId), label: mute.cluster.name },
      reason,
      before: { until: mute.expiresAt.toISOString(), hides: shown.count },
      after: { ended: 'lifted' },
    });
    return { clusters: shown.count };
  });
}
