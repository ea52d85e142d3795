'use client';

import { RefreshCw, TriangleAlert } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useDesk } from '@/components/shell/desk-context';
import { Button } from '@/components/ui/button';
import { showInvisible } from '@/components/ui/format';
import { useKeys } from '@/components/ui/use-keys';
import type { ClusterPulse } from '@/lib/clusters/presence-schema';
import type { ClusterDetail } from '@/lib/clusters/schema';
import { Lookers } from '../lookers';
import { STATUS_LABELS } from '../state-mark';
import { usePulse } from './use-pulse';

/** Who else looks at this cluster now, and what has changed of it since the page was read. */
export function PulseBar({
  cluster,
}: {
  cluster: Pick<ClusterDetail, 'id' | 'updatedAt' | 'lookers' | 'status' | 'assignee'>;
}) {
  const router = useRouter();
  const { lookers, changed, gone } = usePulse(cluster);
  const { person } = useDesk();
  useKeys({ r: changed ? () => router.refresh() : undefined });
  return (
    <span className="cl-pulse" role="status">
      {gone && (
        <span className="small cl-gone">
          <TriangleAlert className="i i-s" aria-hidden="true" /> This cluster is not there any more. What you
          see is from before.
        </span>
      )}
      {changed && !gone && (
        <Button variant="ghost" className="low" keys="R" onClick={() => router.refresh()}>
          <RefreshCw className="i i-s" aria-hidden="true" />
          {changeWords(changed, cluster, person.id)}, apply
        </Button>
      )}
      <Lookers lookers={lookers} />
    </span>
  );
}

/** The change that matters most for whoever wants to act. */
function changeWords(
  now: ClusterPulse,
  shown: Pick<ClusterDetail, 'status' | 'assignee'>,
  personId: number,
): string {
  const name = (who: ClusterPulse['assignee']) =>
    who?.id === personId ? 'You' : showInvisible(who?.name ?? '');
  if (now.assignee && now.assignee.id !== shown.assignee?.id) return `${name(now.assignee)} claimed this`;
  if (now.status !== shown.status) return `Now ${STATUS_LABELS[now.status].toLowerCase()}`;
  if (!now.assignee && shown.assignee) return 'Released';
  return 'Changed';
}
