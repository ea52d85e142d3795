import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { BadLine, HeldGroup, HeldReason, ListRow } from './schema';

const EXAMPLES = 5;
/** Lists that count no more, newest first. */
const PAST_SHOWN = 20;

/** The lists that count or have held entries, then the latest of those that are over. @throws AppError forbidden */
export async function listLists(actor: Actor, now = new Date()): Promise<ListRow[]> {
  requireRight(actor, 'desk.read');
  const include = { importedBy: { select: { name: true } } } as const;
  const [live, past, run] = await Promise.all([
    database().infrastructureList.findMany({
      where: { endedAt: null, expiresAt: { gt: now } },
      orderBy: [{ type: 'asc' }, { name: 'asc' }],
      include,
    }),
    database().infrastructureList.findMany({
      where: { OR: [{ endedAt: { not: null } }, { expiresAt: { lte: now } }] },
      orderBy: { id: 'desc' },
      take: PAST_SHOWN,
      include,
    }),
    database().detectionRun.findFirst({ orderBy: { id: 'desc' }, select: { suppressed: true } }),
  ]);
  const rows = [...live, ...past];
  const ids = rows.map((row) => row.id);
  const [counts, held] = await Promise.all([
    database().infrastructureEntry.groupBy({
      by: ['listId'],
      where: { listId: { in: ids }, held: null },
      _count: true,
    }),
    readHeld(actor, ids),
  ]);
  const counted = new Map(counts.map((each) => [each.listId, each._count]));
  const matched = matchedByName(run?.suppressed);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    type: row.type,
    source: row.source,
    importedBy: row.importedBy?.name ?? null,
    importedAt: row.importedAt.toISOString(),
    lastDay: new Date(row.expiresAt.getTime() - 1).toISOString().slice(0, 10),
    state: row.endedAt ? 'ended' : row.expiresAt > now ? 'in_force' : 'expired',
    endedReason: row.endedReason,
    entries: counted.get(row.id) ?? 0,
    held: held.get(row.id) ?? {},
    lines: row.lines,
    repeated: row.repeated,
    badLines: row.badLines,
    bad: (row.bad as unknown as BadLine[]).slice(0, 100),
    matched: row.endedAt ? null : (matched.get(row.name) ?? null),
  }));
}

async function readHeld(actor: Actor, ids: number[]): Promise<Map<number, ListRow['held']>> {
  const rows = await database().$queryRaw<
    { listId: number; held: HeldReason; count: number; line: number; kind: string; value: string }[]
  >`
    SELECT list_id AS "listId", held, line, kind, value, count FROM (
      SELECT *, count(*) OVER w::int AS count, row_number() OVER (w ORDER BY line) AS nth
      FROM infrastructure_entry WHERE held IS NOT NULL AND list_id = ANY(${ids}::int[])
      WINDOW w AS (PARTITION BY list_id, held)
    ) h WHERE nth <= ${EXAMPLES} ORDER BY list_id, held, line`;
  const found = new Map<number, ListRow['held']>();
  for (const { listId, held, count, ...example } of rows) {
    const groups = found.get(listId) ?? {};
    const group: HeldGroup = groups[held] ?? { count: Number(count), examples: [] };
    groups[held] = group;
    if (may(actor, 'desk.read_sensitive')) group.examples.push(example);
    found.set(listId, groups);
  }
  return found;
}

/** Of the run's account of what was suppressed: values by the list that named them. */
function matchedByName(suppressed: unknown): Map<string, number> {
  const rows = Array.isArray(suppressed)
    ? (suppressed as { reason: string; source?: string; values: number }[])
    : [];
  const found = new Map<string, number>();
  for (const { reason, source, values } of rows) {
    if (reason === 'listed' && source) found.set(source, (found.get(source) ?? 0) + values);
  }
  return found;
}
