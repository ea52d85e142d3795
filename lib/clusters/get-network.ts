import type { Actor } from '@/lib/access/schema';
import { buildNetwork } from './network/build-network';
import { readNetworkInput } from './network/read-network-input';
import type { NetworkGraph } from './schema';

/**
 * A cluster's network, grouped and placed, small enough to draw.
 * @param options.expand id of a folded group to draw account by account; an unknown one is as none
 * @throws AppError forbidden, not_found
 */
export async function getNetwork(
  actor: Actor,
  id: number,
  options: { expand?: string } = {},
): Promise<NetworkGraph> {
  const { input, totals } = await readNetworkInput(actor, id);
  return buildNetwork(input, totals, options);
}
