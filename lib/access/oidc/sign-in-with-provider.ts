/** Signing in with the word of an identity provider. Whom it vouches for is kept by issuer and subject: an e-mail alone
 * never leads to a user that is there already. */
import { writeAudit } from '@/lib/audit/write-audit';
import { Prisma, type User } from '@/lib/database/generated/client';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import type { SignInError } from '../rules';
import type { Actor, Client, Person } from '../schema';
import { endSessionsWhere, startSession } from '../sessions';
import { SignInRefused } from '../sign-in';
import { judgeClaims, type Verdict } from './rules';
import type { OidcSettings, Vouched } from './schema';

const DOOR: Actor = { kind: 'system', name: 'sign_in' };

/**
 * Lets in whom the provider vouches for, with the role that its claim names; at the first time as a new user. In the
 * browser of a session of the same person it counts as that session's fresh proof.
 * @param claims of a token whose signature, nonce and audience were checked
 * @param here who is signed in in this browser already
 * @returns the session's id
 * @throws SignInRefused oidc, oidc_email, oidc_role, oidc_taken or disabled; each is in the audit
 */
export async function signInWithProvider(
  claims: unknown,
  settings: OidcSettings,
  client: Client,
  here: Person | null = null,
): Promise<string> {
  const verdict = judgeClaims(claims, settings, Date.now());
  if ('refused' in verdict) throw await refuse(verdict, settings.issuer, client);
  const { vouched } = verdict;
  try {
    return await inTransaction((tx) => enter(tx, vouched, client, here));
  } catch (error) {
    if (error instanceof SignInRefused) {
      const { email, subject } = vouched;
      const why =
        error.reason === 'disabled'
          ? 'User is disabled'
          : 'The e-mail belongs to a user known in another way';
      throw await refuse({ refused: error.reason, why, email, subject }, settings.issuer, client);
    }
    // Two first sign-ins of one person at once: the other one made the user.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
      throw new SignInRefused('oidc');
    throw error;
  }
}

async function enter(
  tx: Transaction,
  vouched: Vouched,
  client: Client,
  here: Person | null,
): Promise<string> {
  const user = await findOrMake(tx, vouched);
  // Conditional, so that a disabling of this moment still counts.
  const { count } = await tx.user.updateMany({
    where: { id: user.id, disabledAt: null },
    data: { lastSignInAt: new Date() },
  });
  if (count === 0) throw new SignInRefused('disabled');
  const { id, name, email, role } = user;
  const own = { where: { id: here?.sessionId ?? '', userId: id, endedAt: null } };
  const again =
    here?.sessionId && here.id === id
      ? await tx.userSession.updateMany({ ...own, data: { provedAt: vouched.provedAt } })
      : { count: 0 };
  await writeAudit(
    tx,
    { kind: 'user', id, name, email, role },
    {
      verb: again.count > 0 ? 'user.confirm' : 'user.sign_in',
      object: { type: 'user', id: String(id), label: name },
      detail: { provider: vouched.issuer, ...client },
    },
  );
  return again.count > 0 && here?.sessionId ? here.sessionId : startSession(tx, id, client, vouched.provedAt);
}

async function findOrMake(tx: Transaction, vouched: Vouched): Promise<User> {
  const { issuer, subject, email, name, role } = vouched;
  const identity = await tx.userIdentity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    include: { user: true },
  });
  const holder = await tx.user.findUnique({ where: { email } });
  if (holder && holder.id !== identity?.userId) throw new SignInRefused('oidc_taken');
  if (!identity) {
    const user = await tx.user.create({
      data: { email, name, role, identities: { create: { issuer, subject } } },
    });
    await writeAudit(tx, DOOR, {
      verb: 'user.add',
      object: { type: 'user', id: String(user.id), label: name },
      after: { email, name, role },
      detail: { provider: issuer, subject },
    });
    return user;
  }
  const { user } = identity;
  const changed = user.role !== role || user.email !== email || user.name !== name;
  if (!changed || user.disabledAt) return user;
  await writeAudit(tx, DOOR, {
    verb: user.role === role ? 'user.rename' : 'user.set_role',
    object: { type: 'user', id: String(user.id), label: name },
    before: { role: user.role, email: user.email, name: user.name },
    after: { role, email, name },
    detail: { provider: issuer },
  });
  return tx.user.update({ where: { id: user.id }, data: { role, email, name } });
}

/** Writes a refusal down. Who has lost every role has no business in sessions that go on either. */
async function refuse(
  { refused, why, email, subject }: Extract<Verdict, { refused: SignInError }>,
  issuer: string,
  client: Client,
): Promise<SignInRefused> {
  await inTransaction(async (tx) => {
    const identity = await tx.userIdentity.findUnique({
      where: { issuer_subject: { issuer, subject } },
      include: { user: { select: { id: true, name: true } } },
    });
    const user = identity?.user;
    const ended =
      user && refused === 'oidc_role' ? await endSessionsWhere(tx, { userId: user.id }, 'role_lost') : 0;
    await writeAudit(tx, DOOR, {
      verb: 'user.sign_in',
      object: { type: 'user', id: user ? String(user.id) : 'unknown', label: user?.name ?? email },
      outcome: 'refused',
      reason: why,
      detail: { provider: issuer, ...(subject && { subject }), ...(ended > 0 && { ended }), ...client },
    });
  });
  return new SignInRefused(refused);
}
