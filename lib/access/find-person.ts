import { writeAudit } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import type { SessionEnd, UserSession } from '@/lib/database/generated/client';
import { inTransaction } from '@/lib/database/transaction';
import type { Client, Person } from './schema';

const SEEN_NOTED_MS = 60_000;
/** A tab that was open while its session ended asks once or twice more; that is nobody's theft. */
const GRACE_MS = 15_000;
/** A refused cookie is written down once in this time, however often it comes. */
const REFUSAL_NOTED_MS = 3_600_000;

const USER = {
  id: true,
  name: true,
  email: true,
  role: true,
  disabledAt: true,
  codeConfirmedAt: true,
  passwordIsOneTime: true,
  passwordHash: true,
} as const;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The person a session stands for, with the role of now; null when it is over, was ended, or its user is disabled. The
 * cookie of an ended session that comes back is written down.
 * @param sessionId from the sealed cookie
 */
export async function findPerson(sessionId: string | undefined, client: Client): Promise<Person | null> {
  if (!sessionId || !UUID.test(sessionId)) return null;
  const session = await database().userSession.findUnique({
    where: { id: sessionId },
    include: { user: { select: USER } },
  });
  if (!session) return null;
  const { user, endedAt, endCause } = session;
  const now = Date.now();
  if (endedAt && endCause) {
    if (now - endedAt.getTime() > GRACE_MS) await noteRefusal(session, endCause, user.name, client);
    return null;
  }
  if (session.expiresAt.getTime() <= now || user.disabledAt) return null;
  if (now - session.seenAt.getTime() > SEEN_NOTED_MS) await noteSeen(session.id, now);
  return {
    kind: 'user',
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    sessionId: session.id,
    provedAt: Math.floor(session.provedAt.getTime() / 1_000),
    hasCode: user.codeConfirmedAt !== null,
    hasOneTimePassword: user.passwordIsOneTime,
    atProvider: user.passwordHash === null,
  };
}

/** At most once a minute: the shell polls, and the row must not be rewritten with each request. */
async function noteSeen(id: string, now: number): Promise<void> {
  await database().userSession.updateMany({
    where: { id, seenAt: { lt: new Date(now - SEEN_NOTED_MS) } },
    data: { seenAt: new Date(now) },
  });
}

const ENDED: Record<SessionEnd, string> = {
  signed_out: 'its owner had signed out',
  signed_out_everywhere: 'its owner had signed out everywhere',
  ended_by_admin: 'an administrator had ended it',
  user_disabled: 'its user had been disabled',
  password_changed: 'its user had got another password',
  role_lost: 'its user had lost their role at the identity provider',
};

async function noteRefusal(
  session: UserSession,
  cause: SessionEnd,
  label: string,
  client: Client,
): Promise<void> {
  const now = new Date();
  await inTransaction(async (tx) => {
    const { count } = await tx.userSession.updateMany({
      where: {
        id: session.id,
        OR: [{ refusedAt: null }, { refusedAt: { lt: new Date(now.getTime() - REFUSAL_NOTED_MS) } }],
      },
      data: { refusedAt: now },
    });
    if (count === 0) return;
    await writeAudit(
      tx,
      { kind: 'system', name: 'sign_in' },
      {
        verb: 'user.use_session',
        object: { type: 'user', id: String(session.userId), label },
        outcome: 'refused',
        reason: `A cookie came back after ${ENDED[cause]}`,
        detail: { endedAt: session.endedAt?.toISOString(), ...client },
      },
    );
  });
}
