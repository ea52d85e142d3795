import type { FoundCluster } from '@/lib/detection/schema';

/** One cluster as it will stand: which id, what it was before, who is in it. */
export interface Standing {
  id: number;
  found: FoundCluster;
  rank: number;
  isNew: boolean;
  splitFrom: number | null;
  regrewFrom: number | null;
  merged: number[];
  before: ReadonlySet<number>;
  wasActive: boolean;
}
