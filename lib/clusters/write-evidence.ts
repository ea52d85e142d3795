import type { Transaction } from '@/lib/database/transaction';
import { describeEvidence } from './describe-evidence';
import type { Standing } from './standing';
import { splitValueId } from './value-id';

/** Replaces the evidence of the clusters that stand, with the text of each value. */
export async function writeEvidence(tx: Transaction, standings: readonly Standing[]): Promise<void> {
  const ids = standings.map((standing) => standing.id);
  await tx.evidence.deleteMany({ where: { clusterId: { in: ids } } });
  const indicatorIds = new Set<string>();
  for (const { found } of standings) {
    for (const row of found.evidence)
      for (const value of row.values) indicatorIds.add(splitValueId(value.valueId).id);
  }
  const named = await tx.$queryRaw<{ id: string; value: string }[]>`
    SELECT id::text AS id, value FROM indicator WHERE id = ANY(${[...indicatorIds]}::bigint[])`;
  const textOf = new Map(named.map((row) => [row.id, row.value]));
  await tx.evidence.createMany({
    data: standings.flatMap(({ id, found }) =>
      found.evidence.map((row) => ({
        clusterId: id,
        kind: row.kind,
        members: row.members,
        population: row.population,
        expected: row.expected,
        points: row.points,
        scoreWithout: row.scoreWithout,
        retentionWithout: row.retentionWithout,
        valueCount: row.valueCount,
        detail: describeEvidence(row),
        values: row.values.map((value) => {
          const { id: indicatorId, day } = splitValueId(value.valueId);
          const text = textOf.get(indicatorId) ?? indicatorId;
          return {
            indicatorId,
            value: day ? `${text} on ${day}` : text,
            members: value.members,
            population: value.population,
            expected: value.expected,
          };
        }),
      })),
    ),
  });
}
