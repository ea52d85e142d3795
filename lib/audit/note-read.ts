/** Reads of sensitive data are written down too: who looked at whose data, once an hour each. */
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { inTransaction } from '@/lib/database/transaction';
import { actorRef } from './actor';
import { objectRef } from './object-ref';
import type { NewAuditEntry } from './schema';
import { writeAudit } from './write-audit';

const HOUR_MS = 3_600_000;
/** Reads remembered by a process; one that was forgotten is asked of the database. */
const REMEMBERED = 20_000;

const holder = globalThis as { weirReads?: Map<string, Promise<void>> };

/**
 * Writes that a person or a program with a key saw sensitive data of an object, unless that was written in this hour
 * already. Who may not see such data was not shown any, and what commands read they write down as exports.
 * @throws what the database throws: data that cannot be written down as read is not shown
 */
export function noteRead(actor: Actor, object: NewAuditEntry['object'], now = new Date()): Promise<void> {
  if ((actor.kind !== 'user' && actor.kind !== 'key') || !may(actor, 'desk.read_sensitive'))
    return Promise.resolve();
  holder.weirReads ??= new Map();
  const reads = holder.weirReads;
  const hour = Math.floor(now.getTime() / HOUR_MS);
  const name = JSON.stringify([actorRef(actor), object.type, object.id, hour]);
  const noted = reads.get(name);
  if (noted) return noted;
  const noting = write(actor, object, new Date(hour * HOUR_MS));
  reads.set(name, noting);
  noting.catch(() => reads.delete(name));
  // A map keeps the order of insertion: the first is the one that was read longest ago.
  const oldest = reads.size > REMEMBERED ? reads.keys().next().value : undefined;
  if (oldest !== undefined) reads.delete(oldest);
  return noting;
}

async function write(actor: Actor, object: NewAuditEntry['object'], since: Date): Promise<void> {
  await inTransaction(async (tx) => {
    const known = await tx.auditEntry.findFirst({
      where: {
        objectType: object.type,
        objectId: objectRef(object.type, object.id),
        verb: 'data.read',
        actor: actorRef(actor),
        at: { gte: since },
      },
      select: { id: true },
    });
    if (!known) await writeAudit(tx, actor, { verb: 'data.read', object });
  });
}
