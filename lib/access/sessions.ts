/** Sessions as rows: begun at the door, ended there or from afar. */
import { randomUUID } from 'node:crypto';
import type { Prisma, SessionEnd } from '@/lib/database/generated/client';
import type { Transaction } from '@/lib/database/transaction';
import { SESSION_SECONDS } from './rules';
import type { Client } from './schema';

/** Days that a session which is over can still be told from one that never was. */
const KEPT_DAYS = 30;

/** Begins a session of somebody who has proved who they are: just now, unless it is said when. @returns its id, for the cookie */
export async function startSession(
  tx: Transaction,
  userId: number,
  client: Client,
  provedAt?: Date,
): Promise<string> {
  const now = new Date();
  await tx.userSession.deleteMany({
    where: { userId, expiresAt: { lt: new Date(now.getTime() - KEPT_DAYS * 86_400_000) } },
  });
  const { id } = await tx.userSession.create({
    data: {
      id: randomUUID(),
      userId,
      startedAt: now,
      provedAt: provedAt ?? now,
      seenAt: now,
      expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1_000),
      ...client,
    },
  });
  return id;
}

/** Ends the sessions that are not over. @returns how many that were */
export async function endSessionsWhere(
  tx: Transaction,
  where: Prisma.UserSessionWhereInput,
  endCause: SessionEnd,
): Promise<number> {
  const now = new Date();
  const { count } = await tx.userSession.updateMany({
    where: { AND: [where, { endedAt: null, expiresAt: { gt: now } }] },
    data: { endedAt: now, endCause },
  });
  return count;
}
