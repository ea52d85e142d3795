/** The entries that a filter leaves, as a file: all that the screen shows of each, a batch in memory at a time. */
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { CSV_START, csvLine } from '@/lib/csv';
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import { inTransaction } from '@/lib/database/transaction';
import { auditConditions } from './audit-conditions';
import { entryColumns, type StoredEntry, toAuditRow } from './audit-row';
import type { ExportFormat } from './export-schema';
import type { AuditFilter } from './filter-schema';
import type { AuditRow } from './schema';
import { verbLabel } from './verb-words';
import { writeAudit } from './write-audit';

/** A batch of an execution lists hundreds of accounts: so many entries stay within some megabytes. */
const BATCH = 500;

const COLUMNS = [
  'id',
  'at',
  'actor',
  'actor_name',
  'verb',
  'what',
  'object_type',
  'object_id',
  'object_label',
  'outcome',
  'reason',
  'before',
  'after',
  'detail',
] as const;

/**
 * Chunks of the file. What comes later than its beginning is not in it, its own audit entry neither; that one is
 * written before the first chunk.
 * @throws AppError forbidden
 */
export async function* exportAudit(
  actor: Actor,
  filter: AuditFilter,
  format: ExportFormat,
): AsyncGenerator<string> {
  requireRight(actor, 'audit.export');
  const where = await auditConditions(actor, filter);
  const [newest] = await database().$queryRaw<{ id: number }[]>`
    SELECT COALESCE(max(id), 0)::float8 AS id FROM audit_entry`;
  const through = newest?.id ?? 0;
  await writeExport(actor, filter, format, through);
  if (format === 'csv') yield CSV_START + csvLine(COLUMNS);
  const oldest = filter.order === 'oldest';
  let cursor = filter.cursor;
  for (;;) {
    const batch = await readBatch(where, through, oldest, cursor);
    if (batch.length > 0) {
      const rows = batch.map((entry) => toExported(toAuditRow(actor, entry)));
      yield rows.map(format === 'csv' ? toCsv : toNdjson).join('');
    }
    if (batch.length < BATCH) return;
    cursor = Number(batch.at(-1)?.id);
  }
}

async function writeExport(
  actor: Actor,
  filter: AuditFilter,
  format: ExportFormat,
  through: number,
): Promise<void> {
  const { q, cursor: _, ...rest } = filter;
  await inTransaction((tx) =>
    writeAudit(tx, actor, {
      verb: 'data.export',
      object: { type: 'export', id: 'audit' },
      detail: { format, filter: { ...rest, ...(q && { q }) }, through_entry: through },
    }),
  );
}

function readBatch(
  where: Prisma.Sql,
  through: number,
  oldest: boolean,
  cursor: number | undefined,
): Promise<StoredEntry[]> {
  const after =
    cursor === undefined
      ? Prisma.empty
      : oldest
        ? Prisma.sql`AND e.id > ${cursor}`
        : Prisma.sql`AND e.id < ${cursor}`;
  return database().$queryRaw<StoredEntry[]>`
    SELECT ${entryColumns} FROM audit_entry e
    WHERE ${where} AND e.id <= ${through} ${after}
    ORDER BY ${oldest ? Prisma.sql`e.id` : Prisma.sql`e.id DESC`} LIMIT ${BATCH}`;
}

type Exported = Record<(typeof COLUMNS)[number], unknown>;

function toExported(row: AuditRow): Exported {
  return {
    id: row.id,
    at: row.at,
    actor: row.actor,
    actor_name: row.actorName,
    verb: row.verb,
    what: verbLabel(row.verb),
    object_type: row.objectType,
    object_id: row.objectId,
    object_label: row.objectLabel,
    outcome: row.outcome,
    reason: row.reason,
    before: row.before,
    after: row.after,
    detail: row.detail,
  };
}

function toNdjson(row: Exported): string {
  return `${JSON.stringify(row)}\n`;
}

function toCsv(row: Exported): string {
  return csvLine(
    COLUMNS.map((column) => {
      const value = row[column];
      if (value === null || typeof value === 'string' || typeof value === 'number') return value;
      return JSON.stringify(value);
    }),
  );
}
