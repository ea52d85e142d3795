/** Everything that the log holds of one matter, with what proves it: for packs that leave the house. */
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import { AppError } from '@/lib/errors';
import { entryColumns, type StoredEntry, toAuditRow } from './audit-row';
import { type ExportedEntry, toExported } from './exported-entry';
import { getInclusionProof } from './get-inclusion-proof';
import { getVerification } from './get-verification';
import { bringLogUpToDate } from './run-sequencer';
import type { InclusionProof } from './verification-schema';

/** More would no longer be one matter. */
const MOST_ENTRIES = 20_000;
/** Proofs read at once. */
const AT_ONCE = 4;

export interface Matter {
  type: string;
  id: string;
  /** Only these verbs of it; all when absent. */
  verbs?: readonly string[];
}

export interface AuditRecord {
  /** As the reader may see them, oldest first. */
  entries: ExportedEntry[];
  /** All under one checkpoint, in the order of the log. */
  proofs: InclusionProof[];
  /** Entries that no checkpoint covers yet. */
  unproved: number[];
  checkpoint: string | null;
  publicKeys: string[];
  origin: string;
}

/** @throws AppError forbidden; too_large */
export async function collectRecord(actor: Actor, matters: readonly Matter[]): Promise<AuditRecord> {
  requireRight(actor, 'audit.export');
  // What was done until now is to be in it; a log that cannot be signed is given as far as it was.
  await bringLogUpToDate().catch(() => {});
  const entries = await readEntries(matters);
  const log = await getVerification(actor);
  const proofs: InclusionProof[] = [];
  const unproved: number[] = [];
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const some = entries.slice(from, from + AT_ONCE);
    const found = await Promise.all(
      some.map(({ id }) =>
        log.signedSize > 0 ? getInclusionProof(actor, Number(id), log.signedSize) : Promise.resolve(null),
      ),
    );
    for (const [n, proof] of found.entries()) {
      if (proof) proofs.push(proof);
      else unproved.push(Number(some[n]?.id));
    }
  }
  return {
    entries: entries.map((entry) => toExported(toAuditRow(actor, entry))),
    proofs: proofs.sort((a, b) => a.index - b.index),
    unproved,
    checkpoint: log.checkpoint,
    publicKeys: log.publicKeys,
    origin: log.origin,
  };
}

async function readEntries(matters: readonly Matter[]): Promise<StoredEntry[]> {
  const about = matters.map(({ type, id, verbs }) => {
    const ofVerbs = verbs ? Prisma.sql`AND e.verb = ANY(${[...verbs]}::text[])` : Prisma.empty;
    return Prisma.sql`(e.object_type = ${type} AND e.object_id = ${id} ${ofVerbs})`;
  });
  const found = await database().$queryRaw<StoredEntry[]>`
    SELECT ${entryColumns} FROM audit_entry e WHERE ${Prisma.join(about, ' OR ')}
    ORDER BY e.id LIMIT ${MOST_ENTRIES + 1}`;
  if (found.length > MOST_ENTRIES) {
    throw new AppError(
      'too_large',
      `More than ${MOST_ENTRIES.toLocaleString('en')} entries belong to this. Export the audit instead.`,
    );
  }
  return found;
}
