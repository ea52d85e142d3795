import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { IpRanges, type Span } from './ip-ranges';
import { type ListEntry, readList } from './read-list';
import { type LiveEntry, readLiveEntries } from './read-live-entries';
import { type HeldReason, type ImportListInput, type ImportReport, importListSchema } from './schema';

/** Bad lines kept with the list, to be looked at. */
const BAD_KEPT = 1_000;
const TIMEOUT_MS = 120_000;

/**
 * Imports a list; it takes the place of the one of its name. What is over-wide, overlaps another list or names
 * identities is held until a person confirms it. A bad line never stops the rest.
 * @throws AppError forbidden; bad_input when no line could be taken; ZodError
 */
export async function importList(actor: Actor, input: ImportListInput): Promise<ImportReport> {
  requireRight(actor, 'settings.manage');
  const { text, until, ...list } = importListSchema.parse(input);
  const read = readList(storableText(text));
  if (read.entries.length === 0) throw nothingTaken(read.bad);
  return inTransaction(async (tx) => {
    // Two imports at once would not see each other's networks.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('infrastructure lists', 0))`;
    const replaced = await endPrevious(tx, list.name);
    holdOverlaps(read.entries, await readLiveEntries(new Date(), tx));
    const { id } = await tx.infrastructureList.create({
      data: {
        name: storableText(list.name),
        type: list.type,
        source: storableText(list.source),
        lines: read.lines,
        repeated: read.repeated,
        badLines: read.bad.length,
        bad: read.bad.slice(0, BAD_KEPT).map((each) => ({ ...each })),
        importedById: actor.kind === 'user' ? actor.id : null,
        expiresAt: new Date(Date.parse(`${until}T00:00:00Z`) + 86_400_000),
      },
    });
    await writeEntries(tx, id, read.entries);
    const held = countHeld(read.entries);
    const taken = read.entries.length - held.wide - held.overlap - held.identity;
    await writeAudit(tx, actor, {
      verb: 'list.import',
      object: { type: 'list', id: String(id), label: list.name },
      after: { type: list.type, source: list.source, until, taken, held },
      detail: { lines: read.lines, repeated: read.repeated, bad_lines: read.bad.length, replaced },
    });
    return {
      listId: id,
      name: list.name,
      lines: read.lines,
      taken,
      repeated: read.repeated,
      held,
      badLines: read.bad.length,
      bad: read.bad.slice(0, BAD_KEPT),
      replaced,
    };
  }, TIMEOUT_MS);
}

function nothingTaken(bad: { line: number; reason: string }[]): AppError {
  const [first] = bad;
  const words = first ? `No line could be taken. Line ${first.line}: ${first.reason}` : 'The list is empty.';
  return new AppError('bad_input', `${words} Nothing was imported.`);
}

async function endPrevious(tx: Transaction, name: string): Promise<number | null> {
  const [previous] = await tx.$queryRaw<{ id: number }[]>`
    UPDATE infrastructure_list SET ended_at = now(), ended_reason = 'a newer import took its place'
    WHERE name = ${storableText(name)} AND ended_at IS NULL RETURNING id`;
  return previous?.id ?? null;
}

/** Marks entries that lie in another list's, hold one of it, or name the same value. */
function holdOverlaps(entries: readonly ListEntry[], live: readonly LiveEntry[]): void {
  const networks = live.flatMap(({ span }) => (span ? [{ span, label: 0 }] : []));
  const others = new IpRanges(networks);
  const values = new Set(live.map(({ kind, value }) => `${kind} ${value}`));
  const meets = (span: Span) => others.find(span) >= 0 || others.findInside(span) >= 0;
  for (const entry of entries) {
    if (entry.held) continue;
    if (entry.span ? meets(entry.span) : values.has(`${entry.kind} ${entry.value}`)) entry.held = 'overlap';
  }
}

function countHeld(entries: readonly ListEntry[]): Record<HeldReason, number> {
  const held = { wide: 0, overlap: 0, identity: 0 };
  for (const entry of entries) if (entry.held) held[entry.held]++;
  return held;
}

async function writeEntries(tx: Transaction, listId: number, entries: readonly ListEntry[]): Promise<void> {
  // One statement by arrays, whatever their number.
  await tx.$executeRaw`
    INSERT INTO infrastructure_entry (list_id, line, kind, value, held)
    SELECT ${listId}::int, l, k, v, NULLIF(h, '')
    FROM unnest(${entries.map((e) => e.line)}::int[], ${entries.map((e) => e.kind)}::text[],
      ${entries.map((e) => e.value)}::text[], ${entries.map((e) => e.held ?? '')}::text[]) AS t(l, k, v, h)`;
}
