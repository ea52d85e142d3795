import { database } from '@/lib/database/client';
import type { Person, SessionRow } from './schema';

/** One's own sessions that are not over, the one that asks first. */
export async function listSessions(person: Person): Promise<SessionRow[]> {
  const sessions = await database().userSession.findMany({
    where: { userId: person.id, endedAt: null, expiresAt: { gt: new Date() } },
    orderBy: { seenAt: 'desc' },
    take: 50,
  });
  return sessions
    .map(({ id, startedAt, seenAt, expiresAt, address, agent }) => ({
      id,
      startedAt: startedAt.toISOString(),
      seenAt: seenAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      address,
      agent,
      current: id === person.sessionId,
    }))
    .sort((a, b) => Number(b.current) - Number(a.current));
}
