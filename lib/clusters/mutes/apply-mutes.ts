/** At the end of a run: which of the found clusters a muted pattern keeps out of the queue, and which come back. */
import type { Actor } from '@/lib/access/schema';
import { writeAudits } from '@/lib/audit/write-audit';
import type { Transaction } from '@/lib/database/transaction';
import type { MuteValue } from '../mute-schema';
import { clusterRef } from '../rules';
import type { Standing } from '../standing';
import { changedSince, type FoundPattern, type MutedPatternFacts, restsOn } from './mute-rules';

interface StoredMute extends MutedPatternFacts {
  clusterId: number;
}

/**
 * Open clusters that rest on a muted pattern are muted, until they change materially. A dismissed cluster comes back
 * when the mute of its dismissal ran out or when it changed. @param at the run's moment
 */
export async function applyMutes(
  tx: Transaction,
  actor: Actor,
  standings: readonly Standing[],
  { runId, at }: { runId: number; at: Date },
): Promise<void> {
  const mutes = await tx.mutedPattern.findMany({ where: { endedAt: null }, orderBy: { id: 'asc' } });
  if (mutes.length === 0) return;
  const live: StoredMute[] = mutes
    .filter((mute) => mute.expiresAt > at)
    .map((mute) => ({ ...mute, values: mute.values as unknown as MuteValue[] }));
  const found = new Map(standings.map((standing) => [standing.id, patternOf(standing)]));
  const back = await endExpired(tx, actor, at);
  for (const mute of live) {
    const pattern = found.get(mute.clusterId);
    const why = pattern && changedSince(pattern, mute);
    if (why) back.set(mute.clusterId, why);
  }
  await reopen(tx, actor, new Map([...back].filter(([id]) => found.has(id))), runId);
  const mutedBy = [...found].map(
    ([, pattern]) => live.find((mute) => restsOn(pattern, mute) && !changedSince(pattern, mute))?.id ?? 0,
  );
  // What somebody reopened or took on is not hidden from them.
  await tx.$executeRaw`
    UPDATE cluster c SET muted_by_id = NULLIF(m.mute, 0)
    FROM unnest(${[...found.keys()]}::int[], ${mutedBy}::int[]) AS m(id, mute)
    WHERE c.id = m.id AND c.status = 'open' AND c.reopened_cause IS NULL
      AND c.muted_by_id IS DISTINCT FROM NULLIF(m.mute, 0)`;
  const muted = await tx.cluster.count({ where: { status: 'open', active: true, mutedById: { not: null } } });
  await tx.detectionRun.update({ where: { id: runId }, data: { mutedClusters: muted } });
}

function patternOf({ found }: Standing): FoundPattern {
  return {
    accounts: found.members.filter((member) => member.role !== 'weak').length,
    evidence: found.evidence.map(({ kind, points, values }) => ({
      kind,
      points,
      // "123@20410" is indicator 123 on a day.
      values: values.map(({ valueId, members }) => ({ indicatorId: valueId.split('@')[0] ?? '', members })),
    })),
  };
}

/** @returns the dismissed clusters whose mutes ran out, with the words for it */
async function endExpired(tx: Transaction, actor: Actor, at: Date): Promise<Map<number, string>> {
  const over = await tx.mutedPattern.findMany({
    where: { endedAt: null, expiresAt: { lte: at } },
    include: { cluster: { select: { name: true } } },
  });
  const ids = over.map((mute) => mute.id);
  await tx.cluster.updateMany({
    where: { mutedById: { in: ids } },
    data: { mutedById: null, updatedAt: at },
  });
  await tx.mutedPattern.updateMany({
    where: { id: { in: ids } },
    data: { endedAt: at, endedCause: 'expired' },
  });
  await writeAudits(
    tx,
    actor,
    over.map(({ id, expiresAt, cluster }) => ({
      verb: 'mute.end' as const,
      object: { type: 'mute' as const, id: String(id), label: cluster.name },
      before: { until: expiresAt.toISOString() },
      after: { ended: 'expired' },
    })),
  );
  return new Map(over.map((mute) => [mute.clusterId, 'its mute ran out']));
}

async function reopen(
  tx: Transaction,
  actor: Actor,
  back: ReadonlyMap<number, string>,
  runId: number,
): Promise<void> {
  if (back.size === 0) return;
  const cause = (words: string) => (words === 'its mute ran out' ? 'mute_expired' : 'changed');
  const entries: Parameters<typeof writeAudits>[2] = [];
  for (const [id, words] of back) {
    // Somebody may have reopened it in the meantime.
    const { count } = await tx.cluster.updateMany({
      where: { id, status: 'dismissed' },
      data: { status: 'open', reopenedCause: cause(words), mutedById: null, updatedAt: new Date() },
    });
    if (count === 0) continue;
    const { name } = await tx.cluster.findUniqueOrThrow({ where: { id }, select: { name: true } });
    entries.push({
      verb: 'cluster.reopen',
      object: { type: 'cluster', id: clusterRef(id), label: name },
      before: { status: 'dismissed', reopened: null },
      after: { status: 'open', reopened: cause(words) },
      detail: { run: runId, why: words },
    });
  }
  await writeAudits(tx, actor, entries);
}
