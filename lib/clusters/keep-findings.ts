/** Findings kept: each found cluster continues a known one or is born; members, evidence and hours are replaced. */
import { createHash } from 'node:crypto';
import type { Actor } from '@/lib/access/schema';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import type { DetectionConfig, Findings, FoundCluster } from '@/lib/detection/schema';
import { auditRun } from './audit-run';
import type { LoadedSnapshot } from './load-snapshot';
import { type ClusterMatch, type KnownCluster, matchClusters } from './match-clusters';
import { applyMutes } from './mutes/apply-mutes';
import { findRegrowth } from './regrowth/find-regrowth';
import { keepBans } from './regrowth/keep-bans';
import { reopenRegrown } from './regrowth/reopen-regrown';
import { reopenMerged } from './reopen-merged';
import type { Standing } from './standing';
import { summarizeClusters } from './summarize-clusters';
import { insertClusters, updateClusters } from './write-clusters';
import { writeDeclared } from './write-declared';
import { writeEvidence } from './write-evidence';
import { writeLineage } from './write-lineage';
import { writeMembers } from './write-members';

const TIMEOUT_MS = 300_000;

export interface RunToKeep {
  loaded: LoadedSnapshot;
  findings: Findings;
  config: DetectionConfig;
  /** The version of the setting that the configuration came from. */
  settingsVersion: number;
  startedAt: Date;
  seconds: Record<string, number>;
}

/** Writes a run and what it found in one transaction. @returns the run's id. */
export function keepFindings(actor: Actor, run: RunToKeep): Promise<number> {
  return inTransaction(async (tx) => {
    const digest = digestOf(run);
    const runId = await insertRun(tx, run, digest);
    const stored = await loadKnown(tx);
    // Before members and evidence are replaced: a fingerprint is frozen from those that were banned.
    const bans = await keepBans(tx, run.loaded, stored, runId);
    const regrown = await findRegrowth(tx, run.loaded, bans);
    const known = stored.map((cluster) => ({ ...cluster, regrown: regrown.get(cluster.id) }));
    const keys = run.loaded.accountKeys;
    const members = run.findings.clusters.map(
      (cluster) =>
        new Set(cluster.members.filter((m) => m.role !== 'weak').map((m) => keys[m.account] ?? -1)),
    );
    const match = matchClusters(members, known);
    const standings = await giveIds(tx, run.findings.clusters, match, known);
    // People's claims and comments wait for the rows of their cluster: those are touched last.
    await insertClusters(
      tx,
      standings.filter((standing) => standing.isNew),
      runId,
    );
    await writeMembers(tx, standings, keys, runId);
    await writeEvidence(tx, standings);
    await writeDeclared(tx, run.findings, keys, runId);
    await updateClusters(
      tx,
      standings.filter((standing) => !standing.isNew),
      runId,
    );
    const goneIds = [...match.gone, ...match.merged.flat()];
    await tx.cluster.updateMany({
      where: { id: { in: goneIds } },
      data: { active: false, updatedAt: new Date() },
    });
    await summarizeClusters(
      tx,
      standings.map((s) => s.id),
      run.loaded.window,
      runId,
    );
    await writeLineage(tx, standings, match, known, members, runId);
    await auditRun(
      tx,
      actor,
      run.findings,
      { runId, digest, settingsVersion: run.settingsVersion },
      standings,
      match,
    );
    await reopenMerged(tx, actor, standings, known, runId);
    await reopenRegrown(tx, actor, [...regrown.keys()], runId);
    await applyMutes(tx, actor, standings, { runId, at: run.startedAt });
    return runId;
  }, TIMEOUT_MS);
}

/** SHA-256 of what was found, by the accounts' own ids: two runs over the same records agree. */
function digestOf({ findings, loaded }: RunToKeep): string {
  const digest = createHash('sha256');
  for (const cluster of findings.clusters) {
    const ids = cluster.members.map((m) => `${loaded.snapshot.accountIds[m.account]}:${m.role}`).sort();
    digest.update(`${cluster.score.toFixed(6)} ${cluster.quadrant} ${ids.join(' ')}\n`);
  }
  return digest.digest('hex');
}

async function insertRun(tx: Transaction, run: RunToKeep, digest: string): Promise<number> {
  const { findings, loaded } = run;
  const row = await tx.detectionRun.create({
    data: {
      startedAt: run.startedAt,
      finishedAt: new Date(),
      windowFrom: loaded.window?.from,
      windowTo: loaded.window?.to,
      accounts: findings.population.accounts,
      clusters: findings.clusters.length,
      // Counted by summarizeClusters, once it stands which clusters there are.
      benignAccounts: 0,
      config: { ...run.config },
      settingsVersion: run.settingsVersion,
      seconds: run.seconds,
      suppressed: findings.suppressed.map((row) => ({
        ...row,
        strongest: row.strongest.map(({ holder, ...value }) => ({
          ...value,
          ...(holder !== undefined && { accountKey: loaded.accountKeys[holder] }),
        })),
      })),
      baseline: { ...findings.baseline },
      digest,
    },
  });
  return row.id;
}

/** Every cluster there ever was, with its core and ordinary members. */
export async function loadKnown(tx: Transaction): Promise<KnownCluster[]> {
  const [clusters, members] = await Promise.all([
    tx.cluster.findMany({ select: { id: true, active: true, status: true } }),
    tx.clusterMember.findMany({
      where: { role: { not: 'weak' } },
      select: { clusterId: true, accountKey: true },
    }),
  ]);
  const sets = new Map(clusters.map((cluster) => [cluster.id, new Set<number>()]));
  for (const member of members) sets.get(member.clusterId)?.add(member.accountKey);
  return clusters.map((cluster) => ({ ...cluster, members: sets.get(cluster.id) ?? new Set() }));
}

async function giveIds(
  tx: Transaction,
  found: readonly FoundCluster[],
  match: ClusterMatch,
  known: readonly KnownCluster[],
): Promise<Standing[]> {
  const fresh = match.keeps.filter((id) => id === null).length;
  const ids = await tx.$queryRaw<{ id: number }[]>`
    SELECT nextval('cluster_id_seq')::int AS id FROM generate_series(1, ${fresh}::int)`;
  const byId = new Map(known.map((cluster) => [cluster.id, cluster]));
  return found.map((cluster, index) => {
    const kept = match.keeps[index] ?? null;
    const before = kept === null ? undefined : byId.get(kept);
    return {
      id: kept ?? ids.shift()!.id,
      found: cluster,
      rank: index + 1,
      isNew: kept === null,
      splitFrom: match.splitFrom[index] ?? null,
      regrewFrom: match.regrewFrom[index] ?? null,
      merged: match.merged[index] ?? [],
      before: before?.members ?? new Set(),
      wasActive: before?.active ?? false,
    };
  });
}
