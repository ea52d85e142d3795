/** What people did to a cluster, for the flags over its timeline. */
import { database } from '@/lib/database/client';
import { numberInWords } from './rules';
import type { ClusterTimeline } from './schema';

const DECIDED = { confirm: 'Confirmed', dismiss: 'Dismissed', reopen: 'Reopened' } as const;
const ENFORCED = {
  ban: 'banned',
  throttle: 'throttled',
  require_verification: 'asked to verify',
  countermeasure: 'under a countermeasure',
  restore: 'restored',
} as const;

/** Decisions and executed proposals, in the order they happened. */
export async function timelineActions(clusterId: number): Promise<ClusterTimeline['actions']> {
  const [decisions, proposals] = await Promise.all([
    database().decision.findMany({
      where: { clusterId },
      select: { verdict: true, at: true, author: { select: { name: true } } },
    }),
    database().proposal.findMany({
      where: { clusterId, startedAt: { not: null } },
      select: {
        id: true,
        action: true,
        startedAt: true,
        _count: { select: { items: { where: { state: 'done' } } } },
      },
    }),
  ]);
  const actions: ClusterTimeline['actions'] = decisions.map(({ verdict, at, author }) => ({
    at: at.toISOString(),
    label: `${DECIDED[verdict]} by ${author.name}`,
    kind: 'decision',
  }));
  for (const { id, action, startedAt, _count } of proposals) {
    if (!startedAt || _count.items === 0) continue;
    const label = `${numberInWords(_count.items)} ${ENFORCED[action]} (P-${id})`;
    actions.push({ at: startedAt.toISOString(), label, kind: action === 'ban' ? 'ban' : 'other' });
  }
  return actions.sort((a, b) => a.at.localeCompare(b.at));
}
