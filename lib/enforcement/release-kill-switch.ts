import { requireFresh } from '@/lib/access/require-fresh';
import type { Actor, Person } from '@/lib/access/schema';
import { writeAudit, writeRefusal } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import type { KillSwitchInput } from './kill-switch-schema';
import { mayRelease } from './read-kill-switch';
import { requireLivePerson } from './require-live-person';
import { KILL_SWITCH } from './turn-on-kill-switch';

/**
 * One of two different people's word that enforcement may go on; the second one's releases the switch. Whoever turned
 * it on may be one of them. What the switch has paused stays so until somebody resumes it, list by list.
 * @throws AppError forbidden; unproved; conflict when it is not on, or when the first asks a second time
 */
export async function releaseKillSwitch(
  actor: Actor,
  input: KillSwitchInput,
): Promise<{ released: boolean }> {
  const reason = storableText(input.reason);
  try {
    requireFresh(actor);
    return await inTransaction(async (tx) => {
      const person = await requireLivePerson(tx, actor, 'enforcement.kill');
      return { released: await say(tx, person, reason) };
    });
  } catch (error) {
    if (error instanceof AppError) {
      await writeRefusal(actor, {
        verb: 'kill_switch.release',
        object: KILL_SWITCH,
        reason: error.forPerson,
      });
    }
    throw error;
  }
}

async function say(tx: Transaction, person: Person, reason: string): Promise<boolean> {
  const [on] = await tx.$queryRaw<{ id: number; askedById: number | null }[]>`
    SELECT id, asked_by_id AS "askedById" FROM kill_switch WHERE released_at IS NULL FOR UPDATE`;
  const asked = on?.askedById ? await tx.user.findUnique({ where: { id: on.askedById } }) : null;
  if (!on) throw new AppError('conflict', 'The kill switch is not on. Somebody else has released it.');
  if (on.askedById === person.id) {
    throw new AppError('conflict', 'You have said so already. A second person has to release it.');
  }
  // The word of somebody who may not say it any more counts no longer: this one is the first.
  if (asked === null || !mayRelease(asked)) {
    await tx.$executeRaw`
      UPDATE kill_switch SET asked_by_id = ${person.id}, asked_at = now(), asked_reason = ${reason} WHERE id = ${on.id}`;
    await writeAudit(tx, person, { verb: 'kill_switch.ask', object: KILL_SWITCH, reason });
    return false;
  }
  await tx.$executeRaw`
    UPDATE kill_switch SET released_by_id = ${person.id}, released_at = now(), released_reason = ${reason}
    WHERE id = ${on.id}`;
  await writeAudit(tx, person, { verb: 'kill_switch.release', object: KILL_SWITCH, reason });
  return true;
}
