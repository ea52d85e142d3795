import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { clusterId, noSuchCluster } from './find-cluster';
import type { ClusterPrompts, Exemplar, PromptTemplate } from './prompt-schema';
import { clusterRef } from './rules';
import type { EvidenceValue } from './schema';

/** Members asked for what else they send: enough for a mix, and quick for a cluster of any size. */
const SAMPLE = 40;
const EACH = 3;

/**
 * The templates that hold a cluster together, by members, with what their holders send. With `exemplars` also the
 * redacted prompts that are kept of each, and then the reading is written down.
 * @throws AppError forbidden, not_found
 */
export async function listPrompts(
  actor: Actor,
  id: number,
  { exemplars: wanted = false }: { exemplars?: boolean } = {},
): Promise<ClusterPrompts> {
  requireRight(actor, 'desk.read_sensitive');
  const rows = await database().evidence.findMany({
    where: { clusterId: clusterId(id), kind: { in: ['template', 'system_prompt'] } },
    select: { kind: true, values: true, valueCount: true },
  });
  if (rows.length === 0 && !(await database().cluster.count({ where: { id } }))) throw noSuchCluster(id);
  const values = rows.flatMap(({ kind, values }) =>
    (values as unknown as EvidenceValue[])
      .filter((value) => value.indicatorId !== '')
      .map((value) => ({ ...value, kind: kind as PromptTemplate['kind'] })),
  );
  const ids = values.map((value) => value.indicatorId);
  const [mixes, exemplars] = await Promise.all([readMixes(id, ids), readExemplars(ids)]);
  const shown = [...exemplars.values()].reduce((sum, all) => sum + all.length, 0);
  if (wanted && shown > 0) await logReading(actor, id, shown);
  const templates = values.map(({ indicatorId, kind, value, members, population, expected }) => {
    const kept = exemplars.get(indicatorId) ?? [];
    const mix = mixes.get(indicatorId);
    return {
      kind,
      indicatorId,
      skeleton: value,
      members,
      population,
      expected,
      classes: mix?.classes ?? [],
      sampled: mix?.sampled ?? 0,
      exemplarCount: kept.length,
      exemplars: wanted ? kept : [],
    };
  });
  return {
    templates: templates.sort((a, b) => b.members - a.members),
    total: rows.reduce((sum, row) => sum + row.valueCount, 0),
    withExemplars: wanted,
  };
}

interface Mix {
  classes: { class: number; exchanges: number }[];
  sampled: number;
}

async function readMixes(id: number, indicatorIds: string[]): Promise<Map<string, Mix>> {
  const rows = await database().$queryRaw<
    { id: string; class: number; exchanges: number; sampled: number }[]
  >`
    SELECT t.id::text AS id, h.class, h.exchanges, holders.sampled
    FROM unnest(${indicatorIds}::bigint[]) AS t(id)
    CROSS JOIN LATERAL (
      SELECT array_agg(key) AS keys, count(*)::int AS sampled FROM (
        SELECT DISTINCT l.account_key AS key FROM account_indicator l
        JOIN cluster_member m ON m.account_key = l.account_key AND m.cluster_id = ${id}
        WHERE l.indicator_id = t.id LIMIT ${SAMPLE}) sample) holders
    CROSS JOIN LATERAL (
      SELECT class, sum(exchanges)::float8 AS exchanges FROM account_hour
      WHERE account_key = ANY(holders.keys) GROUP BY class) h
    ORDER BY h.exchanges DESC`;
  const mixes = new Map<string, Mix>();
  for (const { id: indicatorId, sampled, ...share } of rows) {
    const mix = mixes.get(indicatorId) ?? { classes: [], sampled };
    mix.classes.push(share);
    mixes.set(indicatorId, mix);
  }
  return mixes;
}

async function readExemplars(indicatorIds: string[]): Promise<Map<string, Exemplar[]>> {
  const rows = await database().exemplar.findMany({
    where: { templateId: { in: indicatorIds.map(BigInt) }, expiresAt: { gt: new Date() } },
    orderBy: [{ keptAt: 'asc' }, { accountKey: 'asc' }],
    select: { templateId: true, accountKey: true, text: true, class: true, expiresAt: true },
  });
  const accounts = await database().account.findMany({
    where: { key: { in: rows.map((row) => row.accountKey) } },
    select: { key: true, id: true },
  });
  const idOf = new Map(accounts.map(({ key, id }) => [key, id]));
  const found = new Map<string, Exemplar[]>();
  for (const { templateId, accountKey, expiresAt, ...row } of rows) {
    const all = found.get(String(templateId)) ?? [];
    found.set(String(templateId), all);
    if (all.length === EACH) continue;
    all.push({ ...row, accountId: idOf.get(accountKey) ?? '', expiresAt: expiresAt.toISOString() });
  }
  return found;
}

async function logReading(actor: Actor, id: number, exemplars: number): Promise<void> {
  await inTransaction((tx) =>
    writeAudit(tx, actor, {
      verb: 'prompts.read',
      object: { type: 'cluster', id: clusterRef(id) },
      detail: { exemplars },
    }),
  );
}
