/** For each account of a cluster: why it is in, how strongly, and how strongly without each kind. */
import type { EvidenceGraph } from './build-graph';
import type { Candidate } from './find-candidates';
import { type Counter, combineKinds, measureRetention } from './retention';
import type { DetectionConfig, FoundMember, MemberRole } from './schema';

/** Retention decides the role; only core and member accounts are ever proposed. */
function roleOf(strength: number, config: DetectionConfig): MemberRole {
  if (strength < config.weakRetention) return 'weak';
  return strength >= config.coreRetention ? 'core' : 'member';
}

/**
 * Members of the cluster `units`, strongest first. Accounts of one organization are judged one by one: a
 * colleague who shares nothing with the others stays weak.
 */
export function describeMembers(
  graph: EvidenceGraph,
  { units, addRhythm, counts = () => true }: Candidate,
  counter: Counter,
  config: DetectionConfig,
): FoundMember[] {
  const rows: number[] = [];
  const at: number[] = [];
  units.forEach((unit, i) => {
    for (let row = graph.unitOffsets[unit]!; row < graph.unitOffsets[unit + 1]!; row++) {
      rows.push(row);
      at.push(i);
    }
  });
  const unitAt = Int32Array.from(at);
  const unitOfRow = unitAt.map((i) => units[i]!);
  const held = measureRetention(graph, units, counter, graph.byAccount, Int32Array.from(rows), unitOfRow);
  addRhythm(held, unitAt);
  const width = held.kinds.length;
  const members = rows.map((row, i): FoundMember & { row: number } => {
    const strength = combineKinds(held, i, config, counts);
    const holding = held.kinds
      .map(({ kind }, k) => ({ kind, k, part: held.weight[i * width + k]! * held.retention[i * width + k]! }))
      .filter(({ k, part }) => part > 0 && counts(held.kinds[k]!))
      .sort((a, b) => b.part - a.part || a.k - b.k);
    return {
      row,
      account: graph.unitAccounts[row]!,
      role: roleOf(strength, config),
      strength,
      kinds: holding.map(({ kind }) => kind),
      strengthWithout: holding.map(({ k }) =>
        combineKinds(held, i, config, (kind, index) => index !== k && counts(kind)),
      ),
    };
  });
  // rows stand in the order of ids inside an entity, and entities in the order of their first id
  members.sort((a, b) => b.strength - a.strength || a.row - b.row);
  return members.map(({ row: _, ...member }) => member);
}
