import type { Actor } from '@/lib/access/schema';
import type { NetworkMember } from './network/choose-values';
import { groupNetwork } from './network/group-network';
import { readNetworkInput } from './network/read-network-input';
import type { NetworkAccounts, NetworkSelection } from './network-schema';

/** Rows that a screen gets of a selection; the ids are whole whatever their number. */
const ROWS = 200;

/**
 * The accounts behind nodes of a cluster's network: of a group its members, of a value all members that hold it.
 * Nodes that a newer detection run no longer knows are counted in `unknown`, never skipped in silence.
 * @throws AppError forbidden, not_found
 */
export async function listNetworkAccounts(
  actor: Actor,
  id: number,
  { nodes, expand }: NetworkSelection,
): Promise<NetworkAccounts> {
  const { input } = await readNetworkInput(actor, id);
  const { parts, expanded } = groupNetwork(input, { expand });
  const byNode = new Map<string, readonly NetworkMember[]>(
    [...parts, ...(expanded ? [expanded.whole, ...expanded.parts] : [])].map((part) => [
      part.id,
      part.members,
    ]),
  );
  const holding = (valueId: string): NetworkMember[] => {
    const index = input.values.findIndex((value) => value.id === valueId);
    return index < 0 ? [] : input.members.filter((member) => member.values.includes(index));
  };
  const chosen = new Map<string, NetworkMember>();
  let unknown = 0;
  for (const node of new Set(nodes)) {
    const members = node.startsWith('v:') ? holding(node.slice(2)) : (byNode.get(node) ?? []);
    if (members.length === 0) unknown += 1;
    for (const member of members) chosen.set(member.accountId, member);
  }
  const found = [...chosen.values()].sort(
    (a, b) => b.strength - a.strength || (a.accountId < b.accountId ? -1 : 1),
  );
  const count = (role: NetworkMember['role']) => found.filter((member) => member.role === role).length;
  return {
    accounts: found.length,
    core: count('core'),
    weak: count('weak'),
    proposable: found.filter(({ role }) => role !== 'weak').map(({ accountId }) => accountId),
    rows: found
      .slice(0, ROWS)
      .map(({ accountId, name, role, strength }) => ({ accountId, name, role, strength })),
    unknown,
  };
}
