import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { noteRead } from '@/lib/audit/note-read';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { clusterId, noSuchCluster } from './find-cluster';
import type { Handoff } from './handoff-schema';
import { clusterRef } from './rules';
import { weighHandoff } from './weigh-handoff';

const ACCOUNTS = 40;
const HOURS = 7 * 24;
const HOUR_MS = 3_600_000;

/**
 * The last week of a cluster's traffic by its busiest 40 accounts, hour by hour: the one view of the timeline that
 * needs accounts, so it reads the hourly rollup of those 40 by their key and nothing of the others. Null without
 * traffic. @throws AppError forbidden, not_found
 */
export async function getHandoff(actor: Actor, id: number): Promise<Handoff | null> {
  requireRight(actor, 'desk.read_sensitive');
  const cluster = await database().cluster.findUnique({
    where: { id: clusterId(id) },
    select: { accounts: true },
  });
  if (!cluster) throw noSuchCluster(id);
  await noteRead(actor, { type: 'cluster', id: clusterRef(id) });
  const last = await database().clusterHour.aggregate({ where: { clusterId: id }, _max: { hour: true } });
  if (!last._max.hour) return null;
  const to = new Date(last._max.hour.getTime() + HOUR_MS);
  const from = new Date(to.getTime() - HOURS * HOUR_MS);
  const { rows } = await pool().query<[string, number, number]>({
    rowMode: 'array',
    text: `WITH chosen AS MATERIALIZED (
             SELECT a.key, a.id FROM cluster_member m JOIN account a ON a.key = m.account_key
             WHERE m.cluster_id = $1 AND m.role <> 'weak'
             ORDER BY a.exchanges DESC, a.key LIMIT $4)
           SELECT c.id, floor(extract(epoch FROM h.hour - $2::timestamptz) / 3600)::int, sum(h.exchanges)::float8
           FROM chosen c JOIN account_hour h ON h.account_key = c.key
           WHERE h.hour >= $2 AND h.hour < $3
           GROUP BY 1, 2 ORDER BY 1, 2`,
    values: [id, from, to, ACCOUNTS],
  });
  const byAccount = new Map<string, number[]>();
  for (const [account, hour, exchanges] of rows) {
    const hours = byAccount.get(account) ?? new Array<number>(HOURS).fill(0);
    hours[hour] = exchanges;
    byAccount.set(account, hours);
  }
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    hours: HOURS,
    members: cluster.accounts,
    ...weighHandoff(byAccount),
  };
}
