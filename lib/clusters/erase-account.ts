import type { Transaction } from '@/lib/database/transaction';
import { type Erasure, FORGOTTEN, scrubJson } from '@/lib/erasure';
import type { MuteValue } from './mute-schema';

/** Takes an account's traces out of what was found and said: evidence values, names, comments, decisions. Members and
 * their counts stay; the member has no name any more. @returns rows by table */
export async function eraseFromClusters(tx: Transaction, erasure: Erasure): Promise<Record<string, number>> {
  return {
    evidence: await eraseEvidence(tx, erasure),
    muted_pattern: await eraseMutes(tx, erasure),
    cluster: await scrubClusters(tx, erasure),
    comment: await scrubComments(tx, erasure),
    decision: await scrubDecisions(tx, erasure),
    review_item: await scrubNotes(tx, erasure),
    cluster_regrowth: (await tx.clusterRegrowth.deleteMany({ where: { accountKey: erasure.accountKey } }))
      .count,
    cluster_fingerprint: await eraseFrozen(tx, erasure),
  };
}

async function eraseEvidence(tx: Transaction, { accountKey, patterns, soleIndicators, scrub }: Erasure) {
  const rows = await tx.$queryRaw<
    { clusterId: number; kind: string; values: unknown; detail: string | null }[]
  >`
    SELECT e.cluster_id AS "clusterId", e.kind, e.values, e.detail FROM evidence e
    WHERE e.cluster_id IN (SELECT cluster_id FROM cluster_member WHERE account_key = ${accountKey})
      OR e.values::text ILIKE ANY(${patterns}) OR e.detail ILIKE ANY(${patterns})`;
  let changed = 0;
  for (const { clusterId, kind, values, detail } of rows) {
    const without = Array.isArray(values)
      ? values.map((value) =>
          soleIndicators.has(value?.indicatorId) ? { ...value, indicatorId: '', value: FORGOTTEN } : value,
        )
      : values;
    const clean = scrubJson(without, scrub);
    const words = detail === null ? null : scrub(detail);
    if (JSON.stringify(clean) === JSON.stringify(values) && words === detail) continue;
    changed += await tx.$executeRaw`
      UPDATE evidence SET values = ${JSON.stringify(clean)}::jsonb, detail = ${words}
      WHERE cluster_id = ${clusterId} AND kind = ${kind}`;
  }
  return changed;
}

/** Values that only this account still has: nobody else could be known by them. */
function eraseFrozen(tx: Transaction, { soleIndicators }: Erasure): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM cluster_fingerprint WHERE indicator_id = ANY(${[...soleIndicators]}::text[]::bigint[])`;
}

async function scrubClusters(tx: Transaction, { patterns, scrub }: Erasure): Promise<number> {
  const rows = await tx.$queryRaw<{ id: number; name: string; cause: string | null }[]>`
    SELECT id, name, reopened_cause AS cause FROM cluster
    WHERE name ILIKE ANY(${patterns}) OR reopened_cause ILIKE ANY(${patterns})`;
  for (const { id, name, cause } of rows) {
    await tx.cluster.update({
      where: { id },
      data: { name: scrub(name), reopenedCause: cause === null ? null : scrub(cause) },
    });
  }
  return rows.length;
}

async function scrubComments(tx: Transaction, { patterns, scrub }: Erasure): Promise<number> {
  const rows = await tx.$queryRaw<{ id: number; body: string }[]>`
    SELECT id, body FROM comment WHERE body ILIKE ANY(${patterns})`;
  for (const { id, body } of rows) await tx.comment.update({ where: { id }, data: { body: scrub(body) } });
  return rows.length;
}

async function scrubNotes(tx: Transaction, { patterns, scrub }: Erasure): Promise<number> {
  const rows = await tx.$queryRaw<{ reviewId: number; ordinal: number; note: string }[]>`
    SELECT review_id AS "reviewId", ordinal, note FROM review_item WHERE note ILIKE ANY(${patterns})`;
  for (const { reviewId, ordinal, note } of rows) {
    await tx.reviewItem.update({
      where: { reviewId_ordinal: { reviewId, ordinal } },
      data: { note: scrub(note) },
    });
  }
  return rows.length;
}

async function scrubDecisions(tx: Transaction, { patterns, scrub }: Erasure): Promise<number> {
  const rows = await tx.$queryRaw<{ id: number; reason: string }[]>`
    SELECT id, reason FROM decision WHERE reason ILIKE ANY(${patterns})`;
  for (const { id, reason } of rows) {
    await tx.decision.update({ where: { id }, data: { reason: scrub(reason) } });
  }
  return rows.length;
}

async function eraseMutes(tx: Transaction, { patterns, soleIndicators, scrub }: Erasure): Promise<number> {
  const rows = await tx.$queryRaw<{ id: number; values: MuteValue[]; reason: string | null }[]>`
    SELECT id, values, ended_reason AS reason FROM muted_pattern
    WHERE values::text ILIKE ANY(${patterns}) OR ended_reason ILIKE ANY(${patterns})
      OR EXISTS (SELECT FROM jsonb_array_elements(values) v WHERE v->>'indicatorId' = ANY(${[...soleIndicators]}::text[]))`;
  for (const { id, values, reason } of rows) {
    const without = values.map((value) =>
      soleIndicators.has(value.indicatorId) ? { ...value, indicatorId: '', value: FORGOTTEN } : value,
    );
    const clean = JSON.stringify(scrubJson(without, scrub));
    await tx.$executeRaw`
      UPDATE muted_pattern SET values = ${clean}::jsonb, ended_reason = ${reason === null ? null : scrub(reason)}
      WHERE id = ${id}`;
  }
  return rows.length;
}
