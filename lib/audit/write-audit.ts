/** The one way into the audit: an insert in the transaction of the act itself, so that neither stands alone. */
import type { Actor } from '@/lib/access/schema';
import type { BulkTransaction } from '@/lib/database/bulk-transaction';
import { Prisma } from '@/lib/database/generated/client';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { storableText } from '@/lib/storable-text';
import { actorName, actorRef } from './actor';
import { objectRef } from './object-ref';
import type { NewAuditEntry } from './schema';

/** Characters an entry keeps of what somebody typed or sent. Nothing takes it away again, so it has an end. */
const MAX_ID_TEXT = 200;
const MAX_LABEL = 300;
const MAX_REASON = 4_000;

/**
 * Writes one entry in the caller's transaction.
 * @param tx the transaction that holds the change
 * @throws Error when the actor has no name: an entry nobody did is a bug
 */
export async function writeAudit(tx: Transaction, actor: Actor, entry: NewAuditEntry): Promise<void> {
  await writeAudits(tx, actor, [entry]);
}

/** The same in a bulk transaction. */
export async function writeBulkAudit(tx: BulkTransaction, actor: Actor, entry: NewAuditEntry): Promise<void> {
  await tx.query(insertOf(actor, [entry]));
}

/** Rows of one statement: Postgres takes 65,535 parameters. */
const ROWS_AT_ONCE = 2_000;

/** Writes many entries at once, for verbs that touch many objects. Not by Prisma's own insert, which asks for the rows
 * back and costs half as much again. */
export async function writeAudits(tx: Transaction, actor: Actor, entries: NewAuditEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += ROWS_AT_ONCE) {
    await tx.$executeRaw(insertOf(actor, entries.slice(from, from + ROWS_AT_ONCE)));
  }
}

function insertOf(actor: Actor, entries: readonly NewAuditEntry[]): Prisma.Sql {
  const at = new Date();
  const rows = entries.map((entry) => {
    const row = toRow(actor, entry);
    return Prisma.sql`(${at}::timestamptz, ${row.actor}, ${row.actorName}, ${row.verb}, ${row.objectType}, ${row.objectId},
      ${row.objectLabel}, ${row.outcome}::audit_outcome, ${row.reason}, ${row.before}::jsonb, ${row.after}::jsonb,
      ${row.detail}::jsonb)`;
  });
  return Prisma.sql`
    INSERT INTO audit_entry (at, actor, actor_name, verb, object_type, object_id, object_label, outcome, reason,
      before, after, detail)
    VALUES ${Prisma.join(rows)}`;
}

/** Writes down that something was refused, in a transaction of its own: the one it was tried in is undone. */
export async function writeRefusal(actor: Actor, entry: Omit<NewAuditEntry, 'outcome'>): Promise<void> {
  await inTransaction((tx) => writeAudit(tx, actor, { ...entry, outcome: 'refused' }));
}

/** JSON as text; null where there is nothing. */
function toRow(actor: Actor, entry: NewAuditEntry) {
  const name = bounded(actorName(actor), MAX_LABEL).trim();
  if (name === '') throw new Error(`audit entry ${entry.verb} without an actor`);
  const objectId = bounded(objectRef(entry.object.type, entry.object.id), MAX_ID_TEXT);
  const label = entry.object.label === undefined ? objectId : bounded(entry.object.label, MAX_LABEL);
  return {
    actor: bounded(actorRef(actor), MAX_ID_TEXT),
    actorName: name,
    verb: entry.verb,
    objectType: entry.object.type,
    objectId,
    // A label that only repeats the id says nothing beside it.
    objectLabel: label === objectId ? null : label,
    outcome: entry.outcome ?? 'done',
    reason: entry.reason === undefined ? null : bounded(entry.reason, MAX_REASON),
    before: toJson(entry.before),
    after: toJson(entry.after),
    detail: toJson(entry.detail),
  };
}

/** The text as Postgres stores it, cut off with "…" where it is too long. */
function bounded(text: string, limit: number): string {
  return storableText(text.length > limit ? `${text.slice(0, limit - 1)}…` : text);
}

/** What JSON and Postgres can hold of a value: 64-bit integers become numbers or text, NULs are replaced. */
function toJson(value: Record<string, unknown> | undefined): string | null {
  if (value === undefined) return null;
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'string') return storableText(inner);
    if (typeof inner !== 'bigint') return inner;
    return Number.isSafeInteger(Number(inner)) ? Number(inner) : inner.toString();
  });
}
