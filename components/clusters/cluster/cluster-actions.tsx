'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Button } from '@/components/ui/button';
import { later } from '@/components/ui/later';
import { LOST_CONNECTION } from '@/components/ui/lost-connection';
import { toast } from '@/components/ui/toast';
import { Refused } from '@/components/ui/tooltip';
import { useKeys } from '@/components/ui/use-keys';
import type { ClusterDetail, PersonRef } from '@/lib/clusters/schema';
import type { PreviewInput, ProposalPreview, ProposeInput } from '@/lib/enforcement/propose-schema';
import type { ActionResult } from '@/lib/errors';
import type { AssignAction } from '../assign-dialog';
import type { DecideAction, Verdict } from '../decide-dialog';
import { refusalOf } from '../refusal-of';
import { proposalRefusal } from './proposal-refusal';

const AssignDialog = later(() => import('../assign-dialog').then((loaded) => loaded.AssignDialog));
const DecideDialog = later(() => import('../decide-dialog').then((loaded) => loaded.DecideDialog));
const ProposeDialog = later(() => import('./propose-dialog').then((loaded) => loaded.ProposeDialog));

/** The page's server actions. */
export interface ClusterPageActions {
  claim: (input: { clusterId: number }) => Promise<ActionResult>;
  release: (input: { clusterId: number }) => Promise<ActionResult>;
  decide: DecideAction;
  undo: (input: { clusterId: number }) => Promise<ActionResult>;
  assign: AssignAction;
  preview: (input: PreviewInput) => Promise<ActionResult<ProposalPreview>>;
  propose: (input: ProposeInput) => Promise<ActionResult<{ id: number }>>;
}

type Open = Verdict | 'propose' | 'assign' | null;

/** Claim, confirm, dismiss, propose: what the state allows. What may not be done stays, with the reason. */
export function ClusterActions({
  cluster,
  actions,
  people,
}: {
  cluster: ClusterDetail;
  actions: ClusterPageActions;
  /** Who may have it. */
  people: PersonRef[];
}) {
  const { person, may } = useDesk();
  const router = useRouter();
  const [open, setOpen] = useState<Open>(null);
  const [busy, setBusy] = useState(false);
  const { status, assignee } = cluster;
  const mine = assignee?.id === person.id;
  const refusals = {
    claim: refusalOf('claim', cluster, person),
    release: refusalOf('release', cluster, person),
    confirm: refusalOf('confirm', cluster, person),
    dismiss: refusalOf('dismiss', cluster, person),
    reopen: refusalOf('reopen', cluster, person),
    propose: proposalRefusal(cluster, person),
  };

  const hold = async (act: ClusterPageActions['claim'], done: string) => {
    if (busy) return;
    setBusy(true);
    try {
      const result = await act({ clusterId: cluster.id });
      if (result.ok) toast.success(done);
      else {
        // Somebody else was first: say who, and show what is now.
        toast.error(result.message);
        router.refresh();
      }
    } catch {
      toast.error(LOST_CONNECTION);
    } finally {
      setBusy(false);
    }
  };
  const claim = () => hold(actions.claim, `${cluster.name} is yours`);
  const release = () => hold(actions.release, `${cluster.name} is back in the queue`);
  const ask = (what: Exclude<Open, null>) => () => setOpen(what);
  const byKey = (refusal: string | null, act: () => unknown) => () => {
    if (refusal) toast.error(refusal);
    else void act();
  };
  useKeys({
    c: byKey(refusals.claim, claim),
    f: byKey(refusals.confirm, ask('confirm')),
    d: byKey(refusals.dismiss, ask('dismiss')),
    p: byKey(refusals.propose, ask('propose')),
  });

  const decidable = status === 'open' || status === 'in_review';
  return (
    <div className="cl-acts">
      {FROM_REOPEN.includes(status) && (
        <Act refusal={refusals.reopen}>
          <Button onClick={ask('reopen')} disabled={refusals.reopen !== null}>
            Reopen…
          </Button>
        </Act>
      )}
      {status !== 'dismissed' && (
        <Act refusal={refusals.dismiss}>
          <Button keys="D" onClick={ask('dismiss')} disabled={refusals.dismiss !== null}>
            Dismiss…
          </Button>
        </Act>
      )}
      {status !== 'dismissed' && (mine || may('cluster.assign')) && (
        <Button onClick={ask('assign')}>{assignee ? 'Hand over…' : 'Assign…'}</Button>
      )}
      {status === 'in_review' && mine && (
        <Button busy={busy} onClick={release}>
          Release
        </Button>
      )}
      {decidable && (
        <Act refusal={refusals.confirm}>
          <Button
            variant={mine ? 'primary' : 'plain'}
            keys="F"
            onClick={ask('confirm')}
            disabled={refusals.confirm !== null}
          >
            Confirm…
          </Button>
        </Act>
      )}
      {status !== 'dismissed' && (
        <Act refusal={refusals.propose}>
          <Button
            variant={status === 'confirmed' && !refusals.propose ? 'primary' : 'plain'}
            keys="P"
            onClick={ask('propose')}
            disabled={refusals.propose !== null}
          >
            Propose ban…
          </Button>
        </Act>
      )}
      {status !== 'dismissed' && assignee === null && status !== 'confirmed' && (
        <Act refusal={refusals.claim}>
          <Button
            variant={refusals.claim ? 'plain' : 'primary'}
            keys="C"
            busy={busy}
            onClick={claim}
            disabled={refusals.claim !== null}
          >
            Claim
          </Button>
        </Act>
      )}
      {open === 'propose' && (
        <ProposeDialog cluster={cluster} actions={actions} onClose={() => setOpen(null)} />
      )}
      {open === 'assign' && (
        <AssignDialog
          cluster={cluster}
          people={people}
          assign={actions.assign}
          onClose={() => setOpen(null)}
          onDone={() => router.refresh()}
        />
      )}
      {open !== null && open !== 'propose' && open !== 'assign' && (
        <DecideDialog
          cluster={cluster}
          verdict={open}
          decide={actions.decide}
          undo={actions.undo}
          onClose={() => setOpen(null)}
          onDone={() => router.refresh()}
        />
      )}
    </div>
  );
}

const FROM_REOPEN: readonly string[] = ['confirmed', 'dismissed'];

function Act({ refusal, children }: { refusal: string | null; children: ReactNode }) {
  return refusal ? <Refused reason={refusal}>{children}</Refused> : children;
}
