import type { Actor } from '@/lib/access/schema';
import { writeAudit, writeRefusal } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import type { KillSwitchInput } from './kill-switch-schema';
import { pauseExecution } from './move-execution';
import { killNote } from './read-kill-switch';
import { requireLivePerson } from './require-live-person';

export const KILL_SWITCH = { type: 'kill_switch', id: 'kill-switch' } as const;

/**
 * Stops all enforcement: nothing is sent after five seconds, whatever a worker holds. It waits for nobody: what is
 * under way is paused afterwards, one by one, and by the worker itself where that takes longer. What is done stays done.
 * @returns the ids of the proposals that were paused
 * @throws AppError forbidden; conflict when it is on already
 */
export async function turnOnKillSwitch(actor: Actor, input: KillSwitchInput): Promise<number[]> {
  const reason = storableText(input.reason);
  try {
    await inTransaction(async (tx) => {
      const person = await requireLivePerson(tx, actor, 'enforcement.kill');
      await tx.killSwitch.create({ data: { reason, turnedOnById: person.id } });
      await writeAudit(tx, person, { verb: 'kill_switch.on', object: KILL_SWITCH, reason });
    });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw new AppError('conflict', 'The kill switch is on already. Nothing is sent.');
    }
    if (error instanceof AppError && error.code === 'forbidden') {
      await writeRefusal(actor, { verb: 'kill_switch.on', object: KILL_SWITCH, reason: error.forPerson });
    }
    throw error;
  }
  return pauseAll(actor, killNote(reason));
}

async function pauseAll(actor: Actor, note: string): Promise<number[]> {
  const live = await database().proposal.findMany({
    where: { status: { in: ['approved', 'running'] } },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  const paused: number[] = [];
  for (const { id } of live) {
    // One that is held up is no reason to report a failure: the switch is on, and the worker pauses it.
    const status = await pauseExecution(actor, id, note).catch(() => null);
    if (status === 'paused') paused.push(id);
  }
  return paused;
}
