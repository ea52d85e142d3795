import type { Actor } from '@/lib/access/schema';
import { writeAudit, writeAudits } from '@/lib/audit/write-audit';
import type { Transaction } from '@/lib/database/transaction';
import type { Findings } from '@/lib/detection/schema';
import type { ClusterMatch } from './match-clusters';
import { clusterName, clusterRef } from './rules';
import type { Standing } from './standing';

/** One entry for the run, and one for each cluster that is new, is back, took over others or is no longer found. That
 * it merely grew or shrank stands in its lineage. */
export async function auditRun(
  tx: Transaction,
  actor: Actor,
  findings: Findings,
  { runId, digest, settingsVersion }: { runId: number; digest: string; settingsVersion: number },
  standings: readonly Standing[],
  match: ClusterMatch,
): Promise<void> {
  await writeAudit(tx, actor, {
    verb: 'detection.run',
    object: { type: 'detection', id: String(runId) },
    detail: {
      accounts: findings.population.accounts,
      clusters: findings.clusters.length,
      gone: match.gone.length,
      digest,
      settings_version: settingsVersion,
    },
  });
  const changed = standings.filter((s) => s.isNew || !s.wasActive || s.merged.length > 0);
  await writeAudits(
    tx,
    actor,
    changed.map((standing) => ({
      verb: 'cluster.find' as const,
      object: { type: 'cluster' as const, id: clusterRef(standing.id), label: clusterName(standing.id) },
      after: {
        accounts: standing.found.members.filter((m) => m.role !== 'weak').length,
        score: Math.round(standing.found.score * 10) / 10,
        quadrant: standing.found.quadrant,
      },
      detail: {
        run: runId,
        split_from: standing.regrewFrom === null ? standing.splitFrom : null,
        regrew_from: standing.regrewFrom,
        merged: standing.merged,
      },
    })),
  );
  await writeAudits(
    tx,
    actor,
    match.gone.map((id) => ({
      verb: 'cluster.sleep' as const,
      object: { type: 'cluster' as const, id: clusterRef(id), label: clusterName(id) },
      before: { active: true },
      after: { active: false },
      detail: { run: runId },
    })),
  );
}
