/** What partners write over TAXII goes to the inbox, never into what is served. */
import { randomUUID } from 'node:crypto';
import type { KeyActor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { importObjects } from '../partners/import-objects';
import type { GrantedCollection } from './find-collection';
import type { TaxiiStatus } from './status';

/** Takes an envelope. Objects that say nothing to us are successes all the same: they were received.
 * @throws AppError bad_input, limit, too_large when nothing of it can be taken */
export async function takePushed(
  actor: KeyActor,
  collection: GrantedCollection,
  bytes: AsyncIterable<Uint8Array>,
): Promise<TaxiiStatus> {
  const successes: { id: string; version: string }[] = [];
  const failures: { id: string; version: string; message: string }[] = [];
  const requestedAt = new Date();
  const report = await importObjects(actor, bytes, {
    partner: actor.name,
    via: 'push',
    label: collection.title,
    onObject: ({ id, version, refusal }) =>
      refusal === null ? successes.push({ id, version }) : failures.push({ id, version, message: refusal }),
  });
  const status: TaxiiStatus = {
    id: randomUUID(),
    status: 'complete',
    request_timestamp: requestedAt.toISOString(),
    total_count: report.objects,
    success_count: successes.length,
    ...(successes.length > 0 && { successes }),
    failure_count: failures.length,
    ...(failures.length > 0 && { failures }),
    pending_count: 0,
  };
  await database().taxiiStatus.create({
    data: {
      id: status.id,
      keyId: actor.id,
      requestedAt,
      answer: status as unknown as Prisma.InputJsonObject,
    },
  });
  return status;
}

/** A partner takes back what it wrote. What we serve was approved here and is ended here.
 * @param served whether the collection serves an object of this id @throws AppError forbidden, not_found */
export async function withdrawPushed(
  actor: KeyActor,
  collection: GrantedCollection,
  stixId: string,
  served: boolean,
): Promise<void> {
  const { count } = await inTransaction(async (tx) => {
    const partner = await tx.partner.findFirst({
      where: { name: { equals: actor.name, mode: 'insensitive' } },
    });
    const revoked = await tx.partnerIndicator.updateMany({
      where: { partnerId: partner?.id ?? 0, stixId, revoked: false },
      data: { revoked: true },
    });
    if (revoked.count > 0)
      await writeAudit(tx, actor, {
        verb: 'intel.revoke',
        object: { type: 'intel', id: stixId, label: actor.name },
        detail: { collection: collection.title, values: revoked.count },
      });
    return revoked;
  });
  if (count > 0) return;
  if (served)
    throw new AppError('forbidden', 'This object is shared by this server itself: only it can take it back.');
  throw new AppError('not_found', 'This key has written no such object, or has taken it back already.');
}
