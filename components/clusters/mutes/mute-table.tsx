'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatCount, formatDay, formatOf, showInvisible } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { RawText } from '@/components/ui/raw-text';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import { DISMISS_REASONS } from '@/lib/clusters/fixed-sets';
import type { LiftMuteInput, MuteRow } from '@/lib/clusters/mute-schema';
import { clusterRef } from '@/lib/clusters/rules';
import type { ActionResult } from '@/lib/errors';
import { TypedText } from '../cluster/typed-text';
import { KindIcon, kindLabel } from '../kind-icon';
import './mutes.css';

type Lift = (input: LiftMuteInput) => Promise<ActionResult<{ clusters: number }>>;

const ENDED: Record<string, string> = {
  lifted: 'lifted',
  expired: 'ran out',
  reopened: 'its cluster was reopened',
  replaced: 'its cluster was dismissed anew',
};
const VALUES_SHOWN = 3;

/** What dismissals muted: until when, why, and what it keeps out of the queue now. */
export function MuteTable({ mutes, lift }: { mutes: MuteRow[]; lift: Lift | null }) {
  const [lifting, setLifting] = useState<MuteRow | null>(null);
  const live = mutes.filter((mute) => mute.ended === null);
  const past = mutes.filter((mute) => mute.ended !== null);
  return (
    <>
      <section className="panel" aria-labelledby="mutes-title">
        <header>
          <h2 id="mutes-title">Muted patterns</h2>
          <span className="small mute">
            clusters that rest on them stay out of the queue until they change or the day is over
          </span>
        </header>
        {live.length === 0 ? (
          <p className="body soft">
            Nothing is muted. Whoever dismisses a cluster may mute its pattern, so that others like it do not
            come up again.
          </p>
        ) : (
          <ul className="m-list">
            {live.map((mute) => (
              <li key={mute.id}>
                <Mute mute={mute} onLift={lift && (() => setLifting(mute))} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {past.length > 0 && (
        <section className="panel" aria-labelledby="past-mutes-title">
          <header>
            <h2 id="past-mutes-title">Over</h2>
            <span className="small mute">the newest {formatCount(past.length)}</span>
          </header>
          <ul className="m-list">
            {past.map((mute) => (
              <li key={mute.id}>
                <Mute mute={mute} onLift={null} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {lift && lifting && <LiftDialog mute={lifting} lift={lift} onClose={() => setLifting(null)} />}
    </>
  );
}

function Mute({ mute, onLift }: { mute: MuteRow; onLift: (() => void) | null }) {
  const code = (DISMISS_REASONS as Record<string, string>)[mute.reasonCode] ?? mute.reasonCode;
  return (
    <>
      <div className="m-row">
        <Link className="link strong" href={`/clusters/${mute.cluster.id}`} prefetch={false}>
          {clusterRef(mute.cluster.id)} <RawText>{mute.cluster.name}</RawText>
        </Link>
        <span className="soft">{code}</span>
        <span className="push small soft">
          {mute.ended ? (
            <>
              {ENDED[mute.ended.cause] ?? mute.ended.cause}
              {mute.ended.by && (
                <>
                  {' '}
                  by <RawText>{mute.ended.by}</RawText>
                </>
              )}
              , <Ago at={mute.ended.at} ago />
            </>
          ) : (
            <>until {formatDay(mute.expiresAt.slice(0, 10))}</>
          )}
        </span>
        {onLift && (
          <Button variant="ghost" onClick={onLift} aria-label={`Lift the mute of ${mute.cluster.name}…`}>
            Lift…
          </Button>
        )}
      </div>
      <TypedText>{mute.reason}</TypedText>
      <p className="small mute">
        <RawText>{mute.mutedBy}</RawText>, <Ago at={mute.mutedAt} ago />; it had{' '}
        {formatOf(mute.accounts, 'account')} then
      </p>
      {mute.ended?.reason && (
        <p className="small soft">
          Lifted because: <RawText>{mute.ended.reason}</RawText>
        </p>
      )}
      <p className="small m-values">{valueWords(mute)}</p>
      {mute.ended === null && (
        <p className="small">
          {mute.hides.length === 0 ? (
            <span className="mute">Keeps nothing out of the queue now.</span>
          ) : (
            <>
              <span className="mute">Keeps out of the queue:</span>{' '}
              {mute.hides.map((cluster, index) => (
                <span key={cluster.id}>
                  {index > 0 && ', '}
                  <Link className="link" href={`/clusters/${cluster.id}`} prefetch={false}>
                    {clusterRef(cluster.id)} <RawText>{cluster.name}</RawText>
                  </Link>{' '}
                  <span className="mute">{formatOf(cluster.accounts, 'account')}</span>
                </span>
              ))}
            </>
          )}
        </p>
      )}
    </>
  );
}

function valueWords({ values }: MuteRow) {
  const kinds = [...new Set(values.map((value) => value.kind))];
  if (kinds.length === 0) return <span className="mute">no values: it can hide no other cluster</span>;
  return kinds.map((kind) => {
    const own = values.filter((value) => value.kind === kind);
    return (
      <span key={kind} className="m-kind">
        <span className="kind mute">
          <KindIcon kind={kind} />
          {kindLabel(kind)}
        </span>{' '}
        {own.slice(0, VALUES_SHOWN).map((value) => (
          <span key={`${value.indicatorId} ${value.value}`} className="chip">
            <RawText className="clip">{value.value}</RawText>
          </span>
        ))}
        {own.length > VALUES_SHOWN && <span className="mute"> +{own.length - VALUES_SHOWN}</span>}
      </span>
    );
  });
}

function LiftDialog({ mute, lift, onClose }: { mute: MuteRow; lift: Lift; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const { run, busy, problem } = useAct(lift);
  const submit = async () => {
    const done = await run({ muteId: mute.id, reason });
    if (!done) return;
    toast.success(
      done.value.clusters === 0
        ? 'The mute is lifted'
        : `The mute is lifted: ${formatOf(done.value.clusters, 'cluster')} in the queue again`,
    );
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Lift the mute of ${showInvisible(mute.cluster.name)}?`}
      note={`${formatOf(mute.hides.length, 'cluster')} that it keeps out will be in the queue at once. The dismissed cluster itself stays dismissed.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={reason.trim().length < 3}
            onClick={() => void submit()}
          >
            Lift it
          </Button>
        </>
      }
    >
      <ReasonField value={reason} onChange={setReason} onSubmit={() => void submit()} autoFocus />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
