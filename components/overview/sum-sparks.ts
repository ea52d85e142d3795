import type { ClusterRow } from '@/lib/clusters/schema';

export interface ExtractionDays {
  /** Exchanges a day, oldest first; the last day ends with the newest record. */
  days: number[];
  /** Index of the newest model release inside them, or null. */
  releaseAt: number | null;
  clusters: number;
}

/** What clusters drew together, day by day. Pure. */
export function sumSparks(rows: readonly Pick<ClusterRow, 'spark' | 'releaseAt'>[]): ExtractionDays {
  const length = Math.max(0, ...rows.map((row) => row.spark.length));
  const days = Array.from({ length }, (_, back) =>
    rows.reduce((sum, { spark }) => sum + (spark[spark.length - length + back] ?? 0), 0),
  );
  const longest = rows.find((row) => row.spark.length === length);
  return { days, releaseAt: longest?.releaseAt ?? null, clusters: rows.length };
}
