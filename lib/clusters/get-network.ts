import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { buildNetwork, type KeptPlaces } from './network/build-network';
import { readNetworkInput } from './network/read-network-input';
import type { NetworkGraph } from './schema';

/**
 * A cluster's network, grouped and placed, small enough to draw. Where values and groups stand is kept, so that the
 * picture is the same tomorrow although accounts have come and gone.
 * @param options.expand id of a folded group to draw account by account; an unknown one is as none
 * @throws AppError forbidden, not_found
 */
export async function getNetwork(
  actor: Actor,
  id: number,
  options: { expand?: string } = {},
): Promise<NetworkGraph> {
  const { input, totals } = await readNetworkInput(actor, id);
  const kept = await readPlaces(id);
  const { graph, anchors } = buildNetwork(input, totals, { ...options, kept });
  await keepPlaces(id, kept, anchors);
  return graph;
}

async function readPlaces(clusterId: number): Promise<KeptPlaces> {
  const row = await database().networkLayout.findUnique({ where: { clusterId } });
  const places = (row?.places ?? {}) as Record<string, [number, number]>;
  return new Map(Object.entries(places).map(([node, [x, y]]) => [node, { x, y }]));
}

/** Written only when something has another place than before. Two readers at once come to the same places. */
async function keepPlaces(clusterId: number, kept: KeptPlaces, anchors: KeptPlaces): Promise<void> {
  const moved = [...anchors].some(([node, { x, y }]) => {
    const before = kept.get(node);
    return before?.x !== x || before.y !== y;
  });
  if (!moved) return;
  const places = Object.fromEntries([...anchors].map(([node, { x, y }]) => [node, [x, y]]));
  await database().networkLayout.upsert({
    where: { clusterId },
    create: { clusterId, places },
    update: { places },
  });
}
