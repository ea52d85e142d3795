/** The queue as a file: the rows that the list's filters leave, in the list's order, with what the screen shows. */
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import type { ExportFormat } from '@/lib/audit/export-schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { CSV_START, csvLine } from '@/lib/csv';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { clusterRowInclude, type StoredCluster } from './cluster-row';
import { getDeskStatus } from './desk-status';
import { queueOrder } from './list-clusters';
import { queueConditions } from './queue-conditions';
import { type ClusterFilter, filterQuery } from './queue-filter';
import { clusterRef } from './rules';
import { statusNotes } from './status-notes';

const BATCH = 200;

const COLUMNS = [
  'cluster',
  'name',
  'score',
  'quadrant',
  'coordination',
  'extraction',
  'accounts',
  'weak_accounts',
  'joined',
  'exchanges',
  'exchanges_per_account_and_day',
  'evidence',
  'state',
  'reopened',
  'note',
  'found_now',
  'assignee',
  'first_found',
  'first_seen',
  'simulated',
] as const;
type Exported = Record<(typeof COLUMNS)[number], unknown>;

/**
 * Chunks of the file. Which rows and their order are settled at its beginning; its audit entry is written before the
 * first chunk.
 * @param only the clusters that the reader ticked, of those under the filter
 * @throws AppError forbidden
 */
export async function* exportQueue(
  actor: Actor,
  filter: ClusterFilter,
  format: ExportFormat,
  only?: readonly number[],
): AsyncGenerator<string> {
  requireRight(actor, 'desk.read');
  const listed = queueConditions(filter, actor.kind === 'user' ? actor : null);
  const where = only ? { AND: [listed, { id: { in: [...only] } }] } : listed;
  const [all, { simulated }] = await Promise.all([
    database().cluster.findMany({ where, orderBy: queueOrder(filter), select: { id: true } }),
    getDeskStatus(actor),
  ]);
  await inTransaction((tx) =>
    writeAudit(tx, actor, {
      verb: 'data.export',
      object: { type: 'export', id: 'queue' },
      detail: {
        format,
        filter: filterQuery(filter),
        clusters: all.length,
        ...(only && { ticked: only.length }),
      },
    }),
  );
  if (format === 'csv') yield CSV_START + csvLine(COLUMNS);
  for (let from = 0; from < all.length; from += BATCH) {
    const ids = all.slice(from, from + BATCH).map((cluster) => cluster.id);
    const [found, notes] = await Promise.all([
      database().cluster.findMany({ where: { id: { in: ids } }, include: clusterRowInclude }),
      statusNotes(ids),
    ]);
    const byId = new Map(found.map((cluster) => [cluster.id, cluster]));
    yield ids
      .flatMap((id) => byId.get(id) ?? [])
      .map((cluster) => toExported(cluster, notes.get(cluster.id) ?? null, simulated))
      .map(format === 'csv' ? toCsv : toNdjson)
      .join('');
  }
}

function toExported(cluster: StoredCluster, note: string | null, simulated: boolean): Exported {
  return {
    cluster: clusterRef(cluster.id),
    name: cluster.name,
    score: round(cluster.score, 1),
    quadrant: cluster.quadrant,
    coordination: round(cluster.coordination, 3),
    extraction: round(cluster.extraction, 3),
    accounts: cluster.accounts,
    weak_accounts: cluster.weakAccounts,
    joined: cluster.joined,
    exchanges: Number(cluster.exchanges),
    exchanges_per_account_and_day: round(cluster.dailyRate, 2),
    evidence: cluster.evidence.map(({ kind, members, population, expected, points }) => ({
      kind,
      members,
      population,
      expected,
      points: round(points, 2),
    })),
    state: cluster.status,
    reopened: cluster.status === 'open' ? cluster.reopenedCause : null,
    note,
    found_now: cluster.active,
    assignee: cluster.assignee?.name ?? null,
    first_found: cluster.createdAt.toISOString(),
    first_seen: cluster.firstSeenAt?.toISOString() ?? null,
    simulated,
  };
}

function toNdjson(row: Exported): string {
  return `${JSON.stringify(row)}\n`;
}

function toCsv(row: Exported): string {
  return csvLine(
    COLUMNS.map((column) => {
      const value = row[column];
      if (column === 'evidence') return evidenceWords(value as EvidenceCell[]);
      if (value === null || typeof value === 'string' || typeof value === 'number') return value;
      return String(value);
    }),
  );
}

interface EvidenceCell {
  kind: string;
  members: number;
  population: number;
  expected: number;
}

/** "payment 38/40 exp 0.02; device 12/14 exp 0.1". */
function evidenceWords(evidence: EvidenceCell[]): string {
  return evidence
    .map((row) => `${row.kind} ${row.members}/${row.population} exp ${Number(row.expected.toPrecision(2))}`)
    .join('; ');
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
