'use client';

import { type ReactNode, useState } from 'react';
import { TypedText } from '@/components/clusters/cluster/typed-text';
import { useDesk } from '@/components/shell/desk-context';
import { Ago } from '@/components/ui/ago';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { formatOf, showInvisible } from '@/components/ui/format';
import { ReasonField } from '@/components/ui/reason-field';
import type { ActionResult } from '@/lib/errors';
import { shareRef } from '@/lib/intel/rules';
import type { AnswerShareInput, EndShareInput, ShareDetail, ShareStatus } from '@/lib/intel/share-schema';
import { FormDialog } from './form-dialog';
import { LeavingObjects } from './leaving-objects';
import { LeftOutSection } from './left-out';
import { HASHED_LABELS, STATUS_LABELS, TLP_NOTES, tlpLabel } from './share-words';

export interface ShareActions {
  answer: (input: AnswerShareInput) => Promise<ActionResult<unknown>>;
  end: (input: EndShareInput) => Promise<ActionResult<unknown>>;
}

/** One share: what was frozen, by whom, and what became of it. */
export function ShareView({
  share,
  actions,
  children,
}: {
  share: ShareDetail;
  actions: ShareActions;
  children: ReactNode;
}) {
  return (
    <div className="sh-page">
      <div className="sh-main">
        <LeavingObjects objects={share.content} />
        <LeftOutSection rows={share.leftOut} onAsk={null} />
        {children}
      </div>
      <ShareRail share={share} actions={actions} />
    </div>
  );
}

export function ShareStatusBadge({ status }: { status: ShareStatus }) {
  const tone = ({ waiting: 'warn', approved: 'ok', rejected: 'bad' } as const)[status as 'waiting'];
  return <Badge tone={tone}>{STATUS_LABELS[status]}</Badge>;
}

function ShareRail({ share, actions }: { share: ShareDetail; actions: ShareActions }) {
  const { may, person } = useDesk();
  const [asking, setAsking] = useState<'approve' | 'reject' | 'end' | null>(null);
  const ref = shareRef(share.id);
  const own = share.proposedBy.id === person.id;
  const mayEnd = share.status === 'waiting' || share.status === 'approved';
  return (
    <aside className="sh-rail" aria-label="The share">
      <div className="sh-head">
        <h1 className="strong">{ref}</h1>
        <ShareStatusBadge status={share.status} />
      </div>
      <dl>
        <dt>Marked</dt>
        <dd>
          {tlpLabel(share.tlp)}, {TLP_NOTES[share.tlp]}
        </dd>
        <dt>Partners find it</dt>
        <dd>
          {share.collection === null
            ? 'nowhere: it is handed over as a file'
            : `in the TAXII collection ${showInvisible(share.collection)}`}
        </dd>
        <dt>Holds</dt>
        <dd>
          {formatOf(share.objects, 'object')}
          {share.hashed.length > 0 &&
            `, with keyed hashes of ${share.hashed.map((kind) => HASHED_LABELS[kind].toLowerCase()).join(', ')}`}
        </dd>
        <dt>SHA-256</dt>
        <dd className="mono sh-hash">
          {share.sha256} <CopyButton text={share.sha256} label="Copy the hash" />
        </dd>
        <dt>Proposed by</dt>
        <dd>
          {showInvisible(share.proposedBy.name)}, <Ago at={share.proposedAt} ago />
          <TypedText>{share.reason}</TypedText>
        </dd>
        {share.decidedBy && share.decidedAt && (
          <>
            <dt>{share.status === 'rejected' ? 'Rejected by' : 'Approved by'}</dt>
            <dd>
              {showInvisible(share.decidedBy.name)}, <Ago at={share.decidedAt} ago />
              <TypedText>{share.decidedReason ?? ''}</TypedText>
            </dd>
          </>
        )}
        {share.ended && (
          <>
            <dt>{share.status === 'withdrawn' ? 'Withdrawn by' : 'Ended by'}</dt>
            <dd>
              {showInvisible(share.ended.by.name)}, <Ago at={share.ended.at} ago />
              <TypedText>{share.ended.reason}</TypedText>
            </dd>
          </>
        )}
      </dl>
      {share.status === 'waiting' &&
        (may('share.approve') && !own ? (
          <>
            <Button variant="primary" large wide onClick={() => setAsking('approve')}>
              Approve…
            </Button>
            <Button wide onClick={() => setAsking('reject')}>
              Reject…
            </Button>
          </>
        ) : (
          <p className="small soft">
            {own ? 'You proposed it: somebody else has to approve it.' : 'An approver has to answer it.'}
          </p>
        ))}
      {share.status === 'approved' && may('share.propose') && (
        <a className="btn primary large wide" href={`/api/shares/${share.id}/bundle`} download>
          Download the bundle
        </a>
      )}
      {mayEnd && may('share.propose') && (own || may('share.approve')) && (
        <Button variant="ghost" wide onClick={() => setAsking('end')}>
          {share.status === 'waiting' ? 'Withdraw…' : 'Stop sharing…'}
        </Button>
      )}
      {asking === 'end' && <EndDialog share={share} end={actions.end} onClose={() => setAsking(null)} />}
      {(asking === 'approve' || asking === 'reject') && (
        <AnswerDialog
          share={share}
          verdict={asking}
          answer={actions.answer}
          onClose={() => setAsking(null)}
        />
      )}
    </aside>
  );
}

function AnswerDialog({
  share,
  verdict,
  answer,
  onClose,
}: {
  share: ShareDetail;
  verdict: 'approve' | 'reject';
  answer: ShareActions['answer'];
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const approves = verdict === 'approve';
  const input = { shareId: share.id, verdict, sha256: share.sha256, reason };
  return (
    <FormDialog
      title={approves ? `Let ${shareRef(share.id)} leave?` : `Reject ${shareRef(share.id)}?`}
      note={
        approves
          ? `${formatOf(share.objects, 'object')}, ${tlpLabel(share.tlp)}. What partners have taken cannot be called back.`
          : 'Nothing leaves. Another share has to be proposed anew.'
      }
      button={approves ? 'Approve' : 'Reject'}
      done={approves ? 'Approved' : 'Rejected'}
      input={reason.trim().length >= 3 ? input : null}
      act={answer}
      onClose={onClose}
    >
      <ReasonField value={reason} onChange={setReason} autoFocus />
    </FormDialog>
  );
}

function EndDialog({
  share,
  end,
  onClose,
}: {
  share: ShareDetail;
  end: ShareActions['end'];
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const waits = share.status === 'waiting';
  return (
    <FormDialog
      title={waits ? `Withdraw ${shareRef(share.id)}?` : `Stop sharing ${shareRef(share.id)}?`}
      note={
        waits ? 'Nothing leaves.' : 'It is offered to nobody any more. What partners have taken they keep.'
      }
      button={waits ? 'Withdraw' : 'Stop sharing'}
      done={waits ? 'Withdrawn' : 'Ended'}
      input={reason.trim().length >= 3 ? { shareId: share.id, reason } : null}
      act={end}
      onClose={onClose}
    >
      <ReasonField value={reason} onChange={setReason} autoFocus />
    </FormDialog>
  );
}
