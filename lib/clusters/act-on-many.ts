/** The same act on several clusters, each in its own transaction: what cannot be done to one stops none of the others. */
import type { Actor } from '@/lib/access/schema';
import { AppError } from '@/lib/errors';
import { claimCluster } from './claim-cluster';
import { decideCluster } from './decide-cluster';
import type { DismissManyInput, RowResult } from './queue-schema';

/** @throws AppError forbidden */
export function claimMany(actor: Actor, input: { clusterIds: number[] }): Promise<RowResult[]> {
  return onEach(input.clusterIds, (clusterId) => claimCluster(actor, { clusterId }));
}

/** @throws AppError forbidden */
export function dismissMany(actor: Actor, input: DismissManyInput): Promise<RowResult[]> {
  const { reasonCode, reason } = input;
  return onEach(input.clusterIds, (clusterId) =>
    decideCluster(actor, { verdict: 'dismiss', clusterId, reasonCode, reason }),
  );
}

/** What became of each, in the order given, each once. A missing right or a lost database ends the whole. */
async function onEach(ids: readonly number[], act: (id: number) => Promise<void>): Promise<RowResult[]> {
  const results: RowResult[] = [];
  for (const clusterId of new Set(ids)) {
    try {
      await act(clusterId);
      results.push({ clusterId, refused: null });
    } catch (error) {
      if (!(error instanceof AppError) || !['conflict', 'not_found'].includes(error.code)) throw error;
      results.push({ clusterId, refused: error.forPerson });
    }
  }
  return results;
}
