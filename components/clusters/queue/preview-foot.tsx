'use client';

import { CornerDownLeft, Ellipsis } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { aboutHref } from '@/components/audit/audit-query';
import { useDesk } from '@/components/shell/desk-context';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem, MenuLine } from '@/components/ui/menu';
import { toast } from '@/components/ui/toast';
import { Refused } from '@/components/ui/tooltip';
import { clusterRef } from '@/lib/clusters/rules';
import type { ClusterRow } from '@/lib/clusters/schema';
import type { Verdict } from '../decide-dialog';
import { type ClusterVerb, refusalOf } from '../refusal-of';

/** One primary: claim what nobody has, decide what is one's own, else open. The rest is behind "more". */
export function PreviewFoot({
  row,
  busy,
  selecting,
  onClaim,
  onRelease,
  onDecide,
}: {
  row: ClusterRow;
  busy: boolean;
  /** Rows are ticked: the claim key is theirs. */
  selecting: boolean;
  onClaim: () => void;
  onRelease: () => void;
  onDecide: (verdict: Verdict) => void;
}) {
  const router = useRouter();
  const { person } = useDesk();
  const refusal = (verb: ClusterVerb) => refusalOf(verb, row, person);
  const claimable = refusal('claim') === null;
  const confirmable = row.assignee?.id === person.id && refusal('confirm') === null;
  const confirmToo = !confirmable && refusal('confirm') === null;
  const releasable = refusal('release') === null;
  const reopenable = row.status === 'confirmed' && refusal('reopen') === null;
  const verdict: Verdict = row.status === 'dismissed' ? 'reopen' : 'dismiss';
  return (
    <footer className="pv-foot">
      {claimable && (
        <Button variant="primary" keys={selecting ? undefined : 'C'} busy={busy} onClick={onClaim}>
          Claim
        </Button>
      )}
      {confirmable && (
        <Button variant="primary" keys="F" onClick={() => onDecide('confirm')}>
          Confirm…
        </Button>
      )}
      <Button
        variant={claimable || confirmable ? 'plain' : 'primary'}
        keys={<CornerDownLeft className="i" />}
        onClick={() => router.push(`/clusters/${row.id}`)}
      >
        Open
      </Button>
      <RefusableButton
        reason={refusal(verdict)}
        keys={verdict === 'dismiss' ? 'D' : undefined}
        onClick={() => onDecide(verdict)}
      >
        {verdict === 'dismiss' ? 'Dismiss…' : 'Reopen…'}
      </RefusableButton>
      <span className="push" />
      <Menu
        label="More"
        side="top"
        align="end"
        trigger={
          <Button variant="ghost" icon aria-label="More">
            <Ellipsis className="i" aria-hidden="true" />
          </Button>
        }
      >
        {confirmToo && (
          <MenuItem note="F" onSelect={() => onDecide('confirm')}>
            Confirm…
          </MenuItem>
        )}
        {releasable && <MenuItem onSelect={onRelease}>Release to the queue</MenuItem>}
        {reopenable && <MenuItem onSelect={() => onDecide('reopen')}>Reopen…</MenuItem>}
        {(confirmToo || releasable || reopenable) && <MenuLine />}
        <MenuItem onSelect={() => router.push(aboutHref('cluster', clusterRef(row.id)))}>
          Everything in the audit
        </MenuItem>
        <MenuItem onSelect={() => void copyLink(row)}>Copy link</MenuItem>
      </Menu>
    </footer>
  );
}

function RefusableButton({
  reason,
  children,
  ...button
}: {
  reason: string | null;
  keys?: string;
  onClick: () => void;
  children: string;
}) {
  if (reason === null) return <Button {...button}>{children}</Button>;
  return (
    <Refused reason={reason}>
      <Button disabled>{children}</Button>
    </Refused>
  );
}

async function copyLink(row: ClusterRow): Promise<void> {
  const address = new URL(`/clusters/${row.id}`, location.href).href;
  try {
    await navigator.clipboard.writeText(address);
    toast.success('Link copied');
  } catch {
    toast.error(`The browser did not allow copying: ${address}`);
  }
}
