'use client';

import { OctagonX, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Button } from '@/components/ui/button';
import { Refused } from '@/components/ui/tooltip';
import { useKeys } from '@/components/ui/use-keys';
import { isOwnPaused, OWN_PAUSED } from '@/lib/enforcement/rules';
import type { ProposalDetail, ProposalStatus, SteerInput } from '@/lib/enforcement/schema';
import { type SteerAction, SteerDialog } from './steer-dialog';

const UNDER_WAY: readonly ProposalStatus[] = ['approved', 'running', 'paused'];

/** Pause, resume, stop and withdraw: what the status offers, and why not where the reader may not. */
export function SteerButtons({
  proposal,
  status,
  note,
  steer,
}: {
  proposal: ProposalDetail;
  status: ProposalStatus;
  /** Why it waits or was paused. */
  note: string | null;
  steer: SteerAction;
}) {
  const { may, person } = useDesk();
  const [asked, setAsked] = useState<SteerInput['to'] | null>(null);
  const steers = may('enforcement.steer');
  const underWay = UNDER_WAY.includes(status);
  const pauses = steers && (status === 'running' || status === 'approved');
  useKeys({ ' ': pauses ? () => setAsked('pause') : undefined });

  const dialog = asked && (
    <SteerDialog proposal={proposal} steer={steer} to={asked} onClose={() => setAsked(null)} />
  );
  if (status === 'waiting' && proposal.maySteer.withdraw) {
    return (
      <>
        <Button onClick={() => setAsked('withdraw')}>Withdraw…</Button>
        {dialog}
      </>
    );
  }
  if (!underWay) return null;
  const hold = (
    <Button disabled={!steers} keys={steers ? 'Space' : undefined} onClick={() => setAsked('pause')}>
      <Pause className="i" aria-hidden="true" />
      Pause…
    </Button>
  );
  const own = isOwnPaused(person, { status, note, proposedById: proposal.proposedBy.id });
  const resume = (
    <Button disabled={!steers || own} onClick={() => setAsked('resume')}>
      <Play className="i" aria-hidden="true" />
      Resume…
    </Button>
  );
  const stop = (
    <Button variant={steers ? 'danger' : 'plain'} disabled={!steers} onClick={() => setAsked('stop')}>
      <OctagonX className="i" aria-hidden="true" />
      Stop here…
    </Button>
  );
  const first = status === 'paused' ? resume : hold;
  if (!steers) {
    return (
      <Refused reason="Only approvers pause, resume or stop an action.">
        {first}&nbsp;{stop}
      </Refused>
    );
  }
  return (
    <>
      {own ? <Refused reason={OWN_PAUSED}>{first}</Refused> : first}
      {stop}
      {dialog}
    </>
  );
}
