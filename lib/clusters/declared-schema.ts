/** A group that says openly that it belongs together and asks for nothing unusual: no cluster, but in view. */
export interface DeclaredGroup {
  id: number;
  by: 'organization' | 'domain';
  /** What all of them name; null where the reader may not see it. */
  name: string | null;
  accounts: number;
  paying: number;
  exchanges: number;
  /** The axis in [0, 1], as a cluster has it. */
  extraction: number;
  /** Ids of the busiest accounts. */
  examples: string[];
}
