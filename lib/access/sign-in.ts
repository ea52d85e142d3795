/** Signing in with e-mail and password. Refusals look and take the same whether or not the user exists. */
import { writeAudit } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import type { User } from '@/lib/database/generated/client';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { verifyNobody, verifyPassword } from './password';
import { LOCK_AFTER, LOCK_MS, SIGN_IN_ERRORS, type SignInError } from './rules';
import { type Actor, type Client, signInSchema } from './schema';
import { startSession } from './sessions';
import {
  countForAudit,
  countUnknownFailure,
  giveBackSummed,
  isUnknownLocked,
  minuteLeft,
  takeSummed,
} from './unknown-sign-ins';

const DOOR: Actor = { kind: 'system', name: 'sign_in' };

/** A sign-in that was refused; `reason` is the key of its words in SIGN_IN_ERRORS. */
export class SignInRefused extends AppError {
  readonly reason: SignInError;

  constructor(reason: SignInError) {
    super(
      reason === 'locked' ? 'locked' : 'not_signed_in',
      SIGN_IN_ERRORS[reason],
      `sign-in refused: ${reason}`,
    );
    this.name = 'SignInRefused';
    this.reason = reason;
  }
}

/**
 * Checks the password and begins a session, with an audit entry of success and of failure.
 * @throws SignInRefused wrong, locked (ten failures in a row, for 15 minutes) or disabled
 */
export async function signIn(
  input: unknown,
  client: Client,
): Promise<{ id: number; name: string; sessionId: string }> {
  const parsed = signInSchema.safeParse(input);
  if (!parsed.success) throw new SignInRefused('wrong');
  const { email, password } = parsed.data;
  const user = await database().user.findUnique({ where: { email } });
  if (user ? isLocked(user) : isUnknownLocked(email)) throw new SignInRefused('locked');
  const right = user ? await verifyPassword(user.passwordHash, password) : await verifyNobody(password);
  if (!user) throw await refuseUnknown(email);
  if (!right) throw await refuseWrong(user);
  if (user.disabledAt) throw await refuseDisabled(user);
  return { id: user.id, name: user.name, sessionId: await letIn(user, client) };
}

/**
 * Checks the password of somebody who is signed in already, for an act that takes more than a session. Wrong ones count
 * and lock as at the door. @throws SignInRefused wrong, locked or disabled
 */
export async function checkPassword(userId: number, password: string): Promise<void> {
  const user = await database().user.findUnique({ where: { id: userId } });
  if (!user || user.disabledAt) throw new SignInRefused('disabled');
  if (isLocked(user)) throw new SignInRefused('locked');
  if (!(await verifyPassword(user.passwordHash, password))) throw await refuseWrong(user);
}

function isLocked(user: User): boolean {
  return user.lockedUntil !== null && user.lockedUntil.getTime() > Date.now();
}

async function letIn(user: User, client: Client): Promise<string> {
  return inTransaction(async (tx) => {
    const now = new Date();
    // Conditional, so that a lock or a disabling that came while the hash was computed still counts.
    const { count } = await tx.user.updateMany({
      where: { id: user.id, disabledAt: null, OR: [{ lockedUntil: null }, { lockedUntil: { lte: now } }] },
      data: { lastSignInAt: now, failedSignIns: 0, lockedUntil: null },
    });
    if (count === 0) throw new SignInRefused('locked');
    await writeAudit(
      tx,
      { kind: 'user', id: user.id, name: user.name, email: user.email, role: user.role },
      {
        verb: 'user.sign_in',
        object: { type: 'user', id: String(user.id), label: user.name },
        detail: { ...client },
      },
    );
    return startSession(tx, user.id, client);
  });
}

async function refuseWrong(user: User): Promise<SignInRefused> {
  const until = new Date(Date.now() + LOCK_MS);
  const locked = await inTransaction(async (tx) => {
    // One statement counts and locks, so that failures at the same moment are all counted. A lock that has passed
    // starts the count again.
    const rows = await tx.$queryRaw<{ failures: number; locked: boolean }[]>`
      UPDATE app_user SET
        failed_sign_ins = CASE WHEN locked_until <= now() THEN 1 ELSE failed_sign_ins + 1 END,
        locked_until = CASE WHEN locked_until <= now() THEN NULL
                            WHEN failed_sign_ins + 1 >= ${LOCK_AFTER} THEN ${until} ELSE locked_until END
      WHERE id = ${user.id}
      RETURNING failed_sign_ins AS failures, locked_until IS NOT NULL AS locked`;
    await writeAudit(tx, DOOR, {
      verb: 'user.sign_in',
      object: { type: 'user', id: String(user.id), label: user.name },
      outcome: 'refused',
      reason: rows[0]?.locked ? 'Wrong password; locked for 15 minutes' : 'Wrong password',
      detail: { failures: rows[0]?.failures },
    });
    return rows[0]?.locked ?? false;
  });
  return new SignInRefused(locked ? 'locked' : 'wrong');
}

async function refuseUnknown(email: string): Promise<SignInRefused> {
  const locked = countUnknownFailure(email);
  const listing = countForAudit();
  if (listing === 'summed') {
    summary ??= setTimeout(() => void sumUpUnknown(), minuteLeft()).unref();
  } else {
    const reason = locked ? 'No such user; locked for 15 minutes' : 'No such user';
    await inTransaction((tx) =>
      writeAudit(tx, DOOR, {
        verb: 'user.sign_in',
        object: { type: 'user', id: 'unknown', label: email },
        outcome: 'refused',
        reason: listing === 'last' ? `${reason}; further ones of this minute are summed up` : reason,
      }),
    );
  }
  return new SignInRefused(locked ? 'locked' : 'wrong');
}

let summary: NodeJS.Timeout | undefined;

/** Writes one entry for all refusals of unknown e-mails that have none of their own; what it cannot write now is
 * part of the next sum. */
export async function sumUpUnknown(): Promise<void> {
  clearTimeout(summary);
  summary = undefined;
  const attempts = takeSummed();
  if (attempts === 0) return;
  try {
    await inTransaction((tx) =>
      writeAudit(tx, DOOR, {
        verb: 'user.sign_in',
        object: { type: 'user', id: 'unknown' },
        outcome: 'refused',
        reason: `No such user: ${attempts} more within a minute`,
        detail: { attempts },
      }),
    );
  } catch (error) {
    giveBackSummed(attempts);
    console.error('refused sign-ins could not be summed up:', error);
  }
}

async function refuseDisabled(user: User): Promise<SignInRefused> {
  await inTransaction((tx) =>
    writeAudit(tx, DOOR, {
      verb: 'user.sign_in',
      object: { type: 'user', id: String(user.id), label: user.name },
      outcome: 'refused',
      reason: 'User is disabled',
    }),
  );
  return new SignInRefused('disabled');
}
