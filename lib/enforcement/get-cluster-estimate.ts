import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { readVerdicts } from '@/lib/clusters/review/read-verdicts';
import type { Quadrant } from '@/lib/clusters/schema';
import { database } from '@/lib/database/client';
import type { WrongEstimate } from './weigh-schema';
import { expectedWrong, type Held } from './wrong-share';

export interface ClusterEstimate {
  /** By calibration alone, as if nobody had looked again. */
  calibrated: WrongEstimate;
  /** With what the review of its sample found; the same while there is none. */
  corrected: WrongEstimate;
  accounts: number;
}

/** How many innocents a cluster's core and ordinary members are expected to hold. Reads members as counts by what the
 * calibration asks, so twenty thousand cost as little as twenty. @throws AppError forbidden */
export async function getClusterEstimate(actor: Actor, clusterId: number): Promise<ClusterEstimate> {
  requireRight(actor, 'desk.read');
  const [groups, verdicts] = await Promise.all([
    database().$queryRaw<{ quadrant: Quadrant; strength: number; kinds: string[]; count: number }[]>`
      SELECT c.quadrant::text AS quadrant, floor(m.strength * 20) / 20 AS strength, m.kinds, count(*)::int AS count
      FROM cluster_member m JOIN cluster c ON c.id = m.cluster_id
      WHERE c.id = ${clusterId} AND m.role <> 'weak' GROUP BY 1, 2, 3`,
    readVerdicts(database(), [clusterId]),
  ]);
  const judged = verdicts.clusters.get(clusterId);
  const reviewed = judged && { clusterId, judged };
  return {
    calibrated: expectedWrong(groups),
    corrected: expectedWrong(reviewed ? correct(groups, reviewed) : groups),
    accounts: groups.reduce((sum, group) => sum + group.count, 0),
  };
}

/** The groups with the judged accounts taken out, as many as there are of each verdict, wherever they lie. */
function correct(groups: readonly Held[], reviewed: Held['reviewed'] & {}): Held[] {
  const { belongs, doesNot } = reviewed.judged;
  let left = belongs + doesNot;
  const rest = groups.map((group) => {
    const taken = Math.min(left, group.count ?? 1);
    left -= taken;
    return { ...group, reviewed, count: (group.count ?? 1) - taken };
  });
  const [first] = groups;
  if (!first) return [];
  return [
    ...rest.filter((group) => group.count > 0),
    { ...first, reviewed, verdict: 'does_not' as const, count: doesNot },
    { ...first, reviewed, verdict: 'belongs' as const, count: belongs },
  ];
}
