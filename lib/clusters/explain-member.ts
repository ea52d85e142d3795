import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { noteRead } from '@/lib/audit/note-read';
import { database } from '@/lib/database/client';
import { defaultConfig } from '@/lib/detection/schema';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import type { MemberExplanation } from './explanation-schema';
import { clusterId } from './find-cluster';
import { clusterRef } from './rules';
import { sharedValues } from './shared-values';

/** Values of each kind that are looked at. */
const PER_KIND = 40;
const SHOWN = 200;

/** Why an account is in a cluster: its strength, what it would be without each kind, and what it shares with whom.
 * @throws AppError forbidden, not_found */
export async function explainMember(
  actor: Actor,
  cluster: number,
  accountId: string,
): Promise<MemberExplanation> {
  requireRight(actor, 'desk.read');
  const id = clusterId(cluster);
  const member = await database().clusterMember.findFirst({
    where: { clusterId: id, account: { id: storableText(accountId) } },
    include: { cluster: { include: { run: { select: { config: true } } } } },
  });
  if (!member) {
    throw new AppError('not_found', 'This account is not in the cluster any more. Reload the page.');
  }
  const [shared] = await Promise.all([
    sharedValues(actor, id, [member.accountKey], PER_KIND),
    noteRead(actor, { type: 'cluster', id: clusterRef(id) }),
  ]);
  const weakUnder = weakLimit(member.cluster.run.config);
  return {
    role: member.role,
    strength: member.strength,
    weakUnder,
    kinds: member.kinds.map((kind, index) => {
      const without = member.strengthWithout[index];
      return { kind, without: without ?? null, stays: without === undefined ? null : without >= weakUnder };
    }),
    shared: (shared.get(member.accountKey) ?? []).slice(0, SHOWN),
  };
}

function weakLimit(config: unknown): number {
  const stored =
    typeof config === 'object' && config !== null && 'weakRetention' in config && config.weakRetention;
  return typeof stored === 'number' ? stored : defaultConfig.weakRetention;
}
