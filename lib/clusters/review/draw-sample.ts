import { randomInt } from 'node:crypto';
import type { Transaction } from '@/lib/database/transaction';

/** Members put before the second analyst: none wrong among twenty leaves at most one in eight (90 %). */
const MEMBERS = 20;
/** Accounts among them that are not in the cluster: whoever says yes to everything is seen by these. */
const CONTROLS = 4;

/**
 * Draws the sample of a confirmation, at random and in random order, in its transaction. Controls are weak members of
 * the cluster, and where there are too few accounts in no cluster at all.
 */
export async function drawSample(
  tx: Transaction,
  decision: { id: number; clusterId: number; authorId: number },
): Promise<void> {
  const { clusterId } = decision;
  const members = await tx.$queryRaw<{ key: number }[]>`
    SELECT m.account_key AS key FROM cluster_member m JOIN account a ON a.key = m.account_key
    WHERE m.cluster_id = ${clusterId} AND m.role <> 'weak' AND a.forgotten_at IS NULL
    ORDER BY random() LIMIT ${MEMBERS}`;
  if (members.length === 0) return;
  const controls = await drawControls(tx, clusterId);
  const items = shuffle([
    ...members.map(({ key }) => ({ accountKey: key, inside: true })),
    ...controls.map((key) => ({ accountKey: key, inside: false })),
  ]);
  const population = await tx.clusterMember.count({ where: { clusterId, role: { not: 'weak' } } });
  await tx.review.create({
    data: {
      clusterId,
      decisionId: decision.id,
      confirmedById: decision.authorId,
      population,
      items: { createMany: { data: items.map((item, index) => ({ ...item, ordinal: index + 1 })) } },
    },
  });
}

async function drawControls(tx: Transaction, clusterId: number): Promise<number[]> {
  const weak = await tx.$queryRaw<{ key: number }[]>`
    SELECT m.account_key AS key FROM cluster_member m JOIN account a ON a.key = m.account_key
    WHERE m.cluster_id = ${clusterId} AND m.role = 'weak' AND a.forgotten_at IS NULL
    ORDER BY random() LIMIT ${CONTROLS}`;
  const keys = weak.map((row) => row.key);
  if (keys.length === CONTROLS) return keys;
  const [last] = await tx.$queryRaw<{ key: number | null }[]>`SELECT max(key) AS key FROM account`;
  // By random keys: ordering a million accounts at random for four of them would take a second.
  const tried = Array.from({ length: 50 }, () => randomInt(1, (last?.key ?? 1) + 1));
  const strangers = await tx.$queryRaw<{ key: number }[]>`
    SELECT a.key FROM account a
    WHERE a.key = ANY(${tried}::int[]) AND a.forgotten_at IS NULL AND a.exchanges > 0 AND NOT EXISTS (
      SELECT FROM cluster_member m WHERE m.account_key = a.key)
    ORDER BY random() LIMIT ${CONTROLS - keys.length}`;
  return [...keys, ...strangers.map((row) => row.key)];
}

/** Fisher and Yates. */
function shuffle<T>(items: T[]): T[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
  return items;
}
