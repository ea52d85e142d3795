import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { noteRead } from '@/lib/audit/note-read';
import { database } from '@/lib/database/client';
import { detectionKind } from '@/lib/detection/kinds';
import { rarity } from '@/lib/detection/rarity';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import type { Comparison } from './compare-schema';
import { clusterId } from './find-cluster';
import { MOST_COMPARED } from './fixed-sets';
import { hideMember } from './hide-sensitive';
import { toMemberRow } from './list-members';
import { clusterRef, isSensitiveKind } from './rules';

/** Rows read to count who holds one value. */
const COUNTED_ROWS = 50_000;
const SHOWN = 60;

interface SharedRow {
  kind: string;
  value: string;
  indicatorId: string;
  keys: number[];
  population: number;
  counted: number;
}

/** Up to six accounts of a cluster beside each other, strongest first, with the values that two or more have in common.
 * @throws AppError forbidden, bad_input, not_found (one of them has left the cluster) */
export async function compareMembers(
  actor: Actor,
  cluster: number,
  accountIds: readonly string[],
): Promise<Comparison> {
  requireRight(actor, 'desk.read');
  const id = clusterId(cluster);
  const wanted = [...new Set(accountIds.map(storableText))];
  if (wanted.length < 2 || wanted.length > MOST_COMPARED)
    throw new AppError('bad_input', `Two to ${MOST_COMPARED} accounts can be compared. Select fewer.`);
  const members = await database().clusterMember.findMany({
    where: { clusterId: id, account: { id: { in: wanted } } },
    orderBy: [{ strength: 'desc' }, { accountKey: 'asc' }],
    include: { account: true, cluster: { select: { run: { select: { windowTo: true } } } } },
  });
  if (members.length < wanted.length)
    throw new AppError('not_found', 'One of these accounts is not in the cluster any more. Reload the page.');
  const keys = members.map((member) => member.accountKey);
  const [rows, accounts] = await Promise.all([
    sharedRows(keys),
    database().account.count(),
    noteRead(actor, { type: 'cluster', id: clusterRef(id) }),
  ]);
  const sensitive = may(actor, 'desk.read_sensitive');
  const weight = (row: SharedRow) =>
    rarity(detectionKind(row.kind).lambda, row.population, Math.max(accounts, row.population));
  return {
    accounts: members.map((member) =>
      hideMember(actor, toMemberRow(member, member.cluster.run.windowTo ?? new Date())),
    ),
    shared: rows
      .sort((a, b) => weight(b) - weight(a) || b.keys.length - a.keys.length)
      .slice(0, SHOWN)
      .map((row) => {
        const shown = sensitive || !isSensitiveKind(row.kind);
        return {
          kind: row.kind,
          value: shown ? row.value : null,
          indicatorId: shown ? row.indicatorId : '',
          holders: keys.map((key) => row.keys.includes(key)),
          population: row.population,
          atLeast: row.counted === COUNTED_ROWS,
        };
      }),
  };
}

function sharedRows(keys: number[]): Promise<SharedRow[]> {
  return database().$queryRaw<SharedRow[]>`
    WITH common AS MATERIALIZED (
      SELECT indicator_id, array_agg(DISTINCT account_key) AS keys FROM account_indicator
      WHERE account_key = ANY(${keys}::int[]) GROUP BY 1 HAVING count(DISTINCT account_key) > 1)
    SELECT i.kind, i.value, i.id::text AS "indicatorId", common.keys, held.population, held.counted
    FROM common JOIN indicator i ON i.id = common.indicator_id
    CROSS JOIN LATERAL (
      SELECT GREATEST(count(DISTINCT account_key), 1)::int AS population, count(*)::int AS counted
      FROM (SELECT account_key FROM account_indicator WHERE indicator_id = i.id LIMIT ${COUNTED_ROWS}::int) l
    ) held
    WHERE i.kind NOT IN ('task_item', 'session')`;
}
