/** The figures of an evidence row that has no values of its own, in words. Pure. */
import type { EvidenceRow } from '@/lib/detection/schema';

/** "61 % of exchanges fit for training, benign 4 %"; null when the row's values say it all. */
export function describeEvidence(row: Pick<EvidenceRow, 'kind' | 'detail'>): string | null {
  const { share, benignShare, lift } = row.detail ?? {};
  if (row.kind === 'content' && share !== undefined && benignShare !== undefined) {
    return `${percent(share)} of exchanges fit for training, benign ${percent(benignShare)}`;
  }
  if (row.kind === 'time_bins' && lift !== undefined) {
    return `active in the same quarter-hours ${lift.toFixed(1)} times as often as their hours explain`;
  }
  return null;
}

const percent = (share: number) => (share > 0 && share < 0.01 ? '< 1 %' : `${Math.round(share * 100)} %`);
