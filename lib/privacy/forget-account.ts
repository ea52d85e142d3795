import { randomBytes } from 'node:crypto';
import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { forgetPersonalData } from '@/lib/audit/forget-personal-data';
import { writeAudit, writeRefusal } from '@/lib/audit/write-audit';
import { eraseFromClusters } from '@/lib/clusters/erase-account';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { eraseFromEnforcement, refuseUnforgettable } from '@/lib/enforcement/erase-account';
import { type Erasure, makeErasure } from '@/lib/erasure';
import { AppError } from '@/lib/errors';
import { eraseTelemetry, listSoleIndicators, pauseIngest } from '@/lib/ingest/erase-telemetry';
import { type ForgetKey, findForgetKey, hashForgottenId, makeForgetKey } from '@/lib/ingest/forgotten-ids';
import { eraseFromIntel } from '@/lib/intel/erase-account';
import { findLeft } from './find-left';
import { type ForgetInput, type ForgetResult, forgetSchema } from './schema';

/** A large account's telemetry lies in every partition. */
const TIMEOUT_MS = 600_000;

/**
 * Erases a person: everything that identifies an account's owner goes, counts that others' findings hang on stay under
 * a random name, and later records of the account are refused. Cannot be undone.
 * @throws AppError forbidden, unproved, not_found, locked (legal hold, never-ban), conflict (on a list that is not over, or
 * forgotten already)
 */
export async function forgetAccount(actor: Actor, input: ForgetInput): Promise<ForgetResult> {
  requireRight(actor, 'account.forget');
  requireFresh(actor);
  const { accountId, reason } = forgetSchema.parse(input);
  try {
    const { erasure, rows } = await inTransaction((tx) => forget(tx, actor, accountId, reason), TIMEOUT_MS);
    return { name: erasure.name, rows, left: await findLeft(erasure) };
  } catch (error) {
    if (error instanceof AppError && ['locked', 'conflict'].includes(error.code)) {
      await writeRefusal(actor, {
        verb: 'account.forget',
        object: { type: 'account', id: accountId },
        reason: error.forPerson,
      });
    }
    throw error;
  }
}

async function forget(
  tx: Transaction,
  actor: Actor,
  accountId: string,
  reason: string,
): Promise<{ erasure: Erasure; rows: Record<string, number> }> {
  // Whoever writes for this account ends first; whoever comes after finds it forgotten.
  await pauseIngest(tx);
  const [account] = await tx.$queryRaw<Account[]>`
    SELECT key, id, display_name AS "displayName", organization_id AS "organizationId",
      email_domain AS "emailDomain", signup_ip AS "signupIp", forgotten_at AS "forgottenAt"
    FROM account WHERE id = ${accountId} FOR UPDATE`;
  if (!account || account.forgottenAt) throw await notThere(tx, accountId);
  await refuseUnforgettable(tx, account.key);
  const erasure = await prepareErasure(tx, account);
  await rename(tx, erasure, makeForgetKey());
  const rows = withoutZeros({
    ...(await eraseTelemetry(tx, erasure)),
    ...(await eraseFromClusters(tx, erasure)),
    ...(await eraseFromEnforcement(tx, erasure)),
    ...(await eraseFromIntel(tx, erasure)),
    audit_entry: (await forgetPersonalData(tx, erasure.traces, [erasure.id])).entries,
  });
  await writeAudit(tx, actor, {
    verb: 'account.forget',
    object: { type: 'account', id: erasure.name },
    reason: erasure.scrub(reason),
    detail: { rows },
  });
  return { erasure, rows };
}

interface Account {
  key: number;
  id: string;
  displayName: string | null;
  organizationId: string | null;
  emailDomain: string | null;
  signupIp: string | null;
  forgottenAt: Date | null;
}

async function notThere(tx: Transaction, accountId: string): Promise<AppError> {
  const key = findForgetKey();
  const before =
    key && (await tx.forgottenAccount.findUnique({ where: { hash: hashForgottenId(key, accountId) } }));
  if (!before) {
    return new AppError('not_found', 'No account has this id. Give it exactly as the provider writes it.');
  }
  const day = before.forgottenAt.toISOString().slice(0, 10);
  return new AppError('conflict', `This account was forgotten on ${day}. Nothing of it is left to erase.`);
}

/** What identifies the person beside the id: what they were signed up with, and what nobody else was seen with. */
async function prepareErasure(tx: Transaction, account: Account): Promise<Erasure> {
  const sole = await listSoleIndicators(tx, account.key);
  const appeals = await tx.appeal.findMany({ where: { accountKey: account.key }, select: { id: true } });
  const [shared] = await tx.$queryRaw<{ organization: boolean; domain: boolean; ip: boolean }[]>`
    SELECT
      EXISTS (SELECT FROM account WHERE organization_id = ${account.organizationId} AND key <> ${account.key}) AS organization,
      EXISTS (SELECT FROM account WHERE email_domain = ${account.emailDomain} AND key <> ${account.key}) AS domain,
      EXISTS (SELECT FROM account WHERE signup_ip = ${account.signupIp} AND key <> ${account.key}) AS ip`;
  const traces = [
    account.displayName,
    shared?.organization ? null : account.organizationId,
    shared?.domain ? null : account.emailDomain,
    shared?.ip ? null : account.signupIp,
    ...appeals.map((appeal) => appeal.id),
    ...sole.filter(({ kind }) => !TEXT_KINDS.has(kind)).map(({ value }) => value),
  ];
  return makeErasure(
    {
      key: account.key,
      id: account.id,
      name: `forgotten:${randomBytes(8).toString('hex')}`,
      soleIndicators: new Set(sole.map(({ id }) => id)),
    },
    traces.filter((trace) => trace !== null),
  );
}

/** Skeletons are words of a fixed list: they name nobody. */
const TEXT_KINDS = new Set(['template', 'system_prompt', 'access_path', 'user_agent', 'asn']);

/** The account's row becomes a number with a random name; its status stays, as lists and counts tell of it. */
async function rename(tx: Transaction, { accountKey, id, name }: Erasure, key: ForgetKey): Promise<void> {
  await tx.forgottenAccount.create({
    data: { hash: hashForgottenId(key, id), keyId: key.id, accountKey },
  });
  await tx.account.update({
    where: { key: accountKey },
    data: {
      id: name,
      forgottenAt: new Date(),
      createdAt: null,
      reportedAt: null,
      displayName: null,
      plan: null,
      country: null,
      organizationId: null,
      verifiedOrganization: false,
      emailDomain: null,
      signupIp: null,
      monthlySpendUsd: null,
      program: null,
      enterprise: false,
      lastPaidAt: null,
      firstSeenAt: null,
      lastSeenAt: null,
      exchanges: 0,
    },
  });
}

const withoutZeros = (rows: Record<string, number>) =>
  Object.fromEntries(Object.entries(rows).filter(([, count]) => count > 0));
