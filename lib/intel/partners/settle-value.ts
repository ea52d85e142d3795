import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { requireUser } from '@/lib/clusters/require-user';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import type { SettleValueInput } from '../partner-schema';

/**
 * A person's word on a value that partners name: it counts although it was held, or it is disputed and counts for
 * nothing, whoever names it and however often. The later word counts; comparisons follow within minutes.
 * @throws AppError forbidden, not_found
 */
export async function settleValue(actor: Actor, input: SettleValueInput): Promise<void> {
  requireRight(actor, 'intel.import');
  const person = requireUser(actor);
  const id = BigInt(input.indicatorId);
  await inTransaction(async (tx) => {
    const value =
      (await tx.partnerIndicator.findFirst({ where: { indicatorId: id } })) ??
      (await tx.indicator.findUnique({ where: { id } }));
    if (!value) throw new AppError('not_found', 'No partner names this value any more. Reload the page.');
    const { kind } = value;
    const before = await tx.partnerVerdict.findUnique({ where: { indicatorId: id } });
    const data = {
      counts: input.counts,
      reason: storableText(input.reason),
      decidedById: person.id,
      decidedAt: new Date(),
    };
    await tx.partnerVerdict.upsert({
      where: { indicatorId: id },
      create: { indicatorId: id, kind, value: value.value, ...data },
      update: data,
    });
    await writeAudit(tx, person, {
      verb: input.counts ? 'intel.accept' : 'intel.dispute',
      object: { type: 'intel', id: input.indicatorId, label: kind },
      reason: input.reason,
      before: { counts: before?.counts ?? null },
      after: { counts: input.counts },
    });
  });
}
