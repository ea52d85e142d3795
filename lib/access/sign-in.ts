/** Signing in with e-mail and password, and the second factor of who has one. Refusals look and take the same whether or
 * not the user exists. */
import { setTimeout as delay } from 'node:timers/promises';
import { writeAudit } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import type { User } from '@/lib/database/generated/client';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { verifyNobody, verifyPassword } from './password';
import { refuseUnknown } from './refuse-unknown';
import { REFUSED_AFTER_MS, SIGN_IN_ERRORS, type SignInError } from './rules';
import { type Actor, type Client, signInSchema } from './schema';
import { startSession } from './sessions';
import { type Counter, countersOf, countFailure, forgetFailures, isLocked } from './sign-in-counters';
import { takeCode } from './take-code';

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
 * Checks the password, and the code of who has set one up, and begins a session; with an audit entry of success and of
 * failure. A refusal is told no sooner than its time, so that the clock does not say how far it got.
 * @param device the browser that this person is known to use, if it is one (known-device.ts)
 * @throws SignInRefused wrong, locked, disabled; code when the password was right and a code is needed, wrong_code
 */
export async function signIn(
  input: unknown,
  client: Client,
  device: string | null = null,
  refusedAfterMs = REFUSED_AFTER_MS,
): Promise<{ id: number; name: string; email: string; sessionId: string }> {
  const told = delay(refusedAfterMs);
  try {
    return await enter(input, client, device);
  } catch (error) {
    await told;
    throw error;
  }
}

async function enter(input: unknown, client: Client, device: string | null) {
  const parsed = signInSchema.safeParse(input);
  if (!parsed.success) throw new SignInRefused('wrong');
  const { email, password, code } = parsed.data;
  const counters = countersOf(email, client, device);
  if (await isLocked(counters)) throw new SignInRefused('locked');
  const user = await database().user.findUnique({ where: { email } });
  const right = user?.passwordHash
    ? await verifyPassword(user.passwordHash, password)
    : await verifyNobody(password);
  if (!user) throw new SignInRefused(await refuseUnknown(email, counters));
  if (!right) throw await refuse(user, counters, 'wrong', client);
  if (user.disabledAt) throw await refuseDisabled(user);
  if (user.codeConfirmedAt) {
    if (!code) throw new SignInRefused('code');
    if (!(await takeCode(user, code))) throw await refuse(user, counters, 'wrong_code', client);
  }
  const sessionId = await letIn(user, client, counters);
  return { id: user.id, name: user.name, email, sessionId };
}

/**
 * Checks password and code of somebody who is signed in already. Wrong ones count on that session alone, so that whoever
 * stole it cannot lock its owner out elsewhere. @throws SignInRefused wrong, wrong_code, locked or disabled
 */
export async function checkPassword(
  person: { id: number; email: string; sessionId?: string },
  input: { password: string; code?: string },
  client: Client,
): Promise<void> {
  const counters = countersOf(person.email, client, `session ${person.sessionId}`);
  if (await isLocked(counters)) throw new SignInRefused('locked');
  const user = await database().user.findUnique({ where: { id: person.id } });
  if (!user || user.disabledAt) throw new SignInRefused('disabled');
  if (!user.passwordHash || !(await verifyPassword(user.passwordHash, input.password)))
    throw await refuse(user, counters, 'wrong', client);
  if (user.codeConfirmedAt && !(await takeCode(user, input.code ?? '')))
    throw await refuse(user, counters, 'wrong_code', client);
}

async function letIn(user: User, client: Client, counters: readonly Counter[]): Promise<string> {
  return inTransaction(async (tx) => {
    // Conditional, so that a disabling that came while the hash was computed still counts.
    const { count } = await tx.user.updateMany({
      where: { id: user.id, disabledAt: null },
      data: { lastSignInAt: new Date() },
    });
    if (count === 0) throw new SignInRefused('disabled');
    await forgetFailures(tx, user.email, counters);
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

const WRONG = { wrong: 'Wrong password', wrong_code: 'Wrong code' } as const;

async function refuse(
  user: User,
  counters: readonly Counter[],
  reason: keyof typeof WRONG,
  client: Client,
): Promise<SignInRefused> {
  const locked = await inTransaction(async (tx) => {
    const lockedNow = await countFailure(tx, counters);
    await writeAudit(tx, DOOR, {
      verb: 'user.sign_in',
      object: { type: 'user', id: String(user.id), label: user.name },
      outcome: 'refused',
      reason: lockedNow ? `${WRONG[reason]}; locked for a while` : WRONG[reason],
      detail: { ...client },
    });
    return lockedNow;
  });
  return new SignInRefused(locked ? 'locked' : reason);
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
