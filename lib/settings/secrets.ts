/** Secrets beside settings: sealed rows, of which the newest is in use and the one before it may be for a while. */
import { createHash } from 'node:crypto';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import type { Transaction } from '@/lib/database/transaction';
import type { SecretName, SecretRow } from './schema';
import { seal, unseal } from './seal';

/** Adopts a secret in the caller's transaction, with its audit entry (fingerprints only). The one before it goes on
 * until `previousEndsAt` beside the new one; any older one ends now. */
export async function keepSecret(
  tx: Transaction,
  actor: Actor,
  secret: SecretName,
  { text, reason, previousEndsAt }: { text: string; reason: string; previousEndsAt: Date | null },
): Promise<void> {
  const { name, title } = secret;
  // Two at once: the second waits here and then sees what the first has done.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`secret ${name}`}, 0))`;
  const before = await tx.settingSecret.findFirst({ where: { name, endsAt: null } });
  await tx.settingSecret.deleteMany({ where: { name, endsAt: { not: null } } });
  if (before && previousEndsAt)
    await tx.settingSecret.update({ where: { id: before.id }, data: { endsAt: previousEndsAt } });
  else await tx.settingSecret.deleteMany({ where: { name } });
  const fingerprint = createHash('sha256').update(text).digest('hex').slice(0, 8);
  await tx.settingSecret.create({
    data: { name, sealed: seal(name, text), fingerprint, madeById: actor.kind === 'user' ? actor.id : null },
  });
  await writeAudit(tx, actor, {
    verb: 'setting.change',
    object: { type: 'setting', id: name, label: title },
    reason,
    before: { fingerprint: before?.fingerprint ?? null },
    after: { fingerprint, previousEndsAt: before && previousEndsAt ? previousEndsAt.toISOString() : null },
  });
}

/** The secrets in use, newest first; at most two. @throws AppError unavailable when they cannot be opened */
export async function readSecrets({ name }: SecretName): Promise<string[]> {
  const rows = await inUse(name);
  return rows.map((row) => unseal(name, row.sealed));
}

/** What may be known of the secrets in use, newest first. */
export async function listSecrets({ name }: SecretName): Promise<SecretRow[]> {
  const rows = await inUse(name);
  return rows.map((row) => ({
    fingerprint: row.fingerprint,
    madeBy: row.madeBy?.name ?? null,
    madeAt: row.madeAt.toISOString(),
    endsAt: row.endsAt?.toISOString() ?? null,
  }));
}

function inUse(name: string) {
  return database().settingSecret.findMany({
    where: { name, OR: [{ endsAt: null }, { endsAt: { gt: new Date() } }] },
    orderBy: { id: 'desc' },
    take: 2,
    include: { madeBy: { select: { name: true } } },
  });
}
