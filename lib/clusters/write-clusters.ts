import type { Transaction } from '@/lib/database/transaction';
import { clusterName } from './rules';
import type { Standing } from './standing';

/** Writes the rows of clusters that are new, in one statement. */
export async function insertClusters(
  tx: Transaction,
  standings: readonly Standing[],
  runId: number,
): Promise<void> {
  const blank = { exchanges: 0, outputTokens: 0, dailyRate: 0, payingAccounts: 0 };
  await tx.cluster.createMany({
    data: standings.map((standing) => ({
      ...figuresOf(standing),
      ...blank,
      name: clusterName(standing.id),
      runId,
    })),
  });
}

/** Brings the rows of clusters that were known up to date, in one statement. */
export async function updateClusters(
  tx: Transaction,
  standings: readonly Standing[],
  runId: number,
): Promise<void> {
  const rows = JSON.stringify(standings.map(figuresOf));
  await tx.$executeRaw`
    UPDATE cluster SET run_id = ${runId}, active = true, rank = f.rank, score = f.score, retention = f.retention,
      retention_low = f."retentionLow", coordination = f.coordination, extraction = f.extraction,
      quadrant = f.quadrant::quadrant, retention_alone = f."retentionAlone", accounts = f.accounts,
      weak_accounts = f."weakAccounts", updated_at = now()
    FROM jsonb_to_recordset(${rows}::jsonb) AS f(id int, rank int, score float8, retention float8,
      "retentionLow" float8, coordination float8, extraction float8, quadrant text, "retentionAlone" bool,
      accounts int, "weakAccounts" int)
    WHERE cluster.id = f.id`;
}

function figuresOf({ id, rank, found }: Standing) {
  const weak = found.members.filter((member) => member.role === 'weak').length;
  return {
    id,
    rank,
    score: found.score,
    retention: found.retention,
    retentionLow: found.retentionLow,
    coordination: found.coordination,
    extraction: found.extraction,
    quadrant: found.quadrant,
    retentionAlone: found.acceptedOn === 'retention_alone',
    accounts: found.members.length - weak,
    weakAccounts: weak,
  };
}
