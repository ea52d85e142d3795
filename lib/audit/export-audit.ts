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
import { EXPORTED_FIELDS, type ExportedEntry, toExported } from './exported-entry';
import type { AuditFilter } from './filter-schema';
import { writeAudit } from './write-audit';

/** A batch of an execution lists hundreds of accounts: so many entries stay within some megabytes. */
const BATCH = 500;

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
  if (format === 'csv') yield CSV_START + csvLine(EXPORTED_FIELDS);
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

function toNdjson(row: ExportedEntry): string {
  return `${JSON.stringify(row)}\n`;
}

function toCsv(row: ExportedEntry): string {
  return csvLine(
    EXPORTED_FIELDS.map((column) => {
      const value = row[column];
      if (value === null || typeof value === 'string' || typeof value === 'number') return value;
      return JSON.stringify(value);
    }),
  );
}
