'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useDesk } from '@/components/shell/desk-context';
import { readJson } from '@/components/shell/read-json';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { formatCount, formatPercent, formatRate, formatShort, showInvisible } from '@/components/ui/format';
import { type ClusterPulse, PULSE_MS } from '@/lib/clusters/presence-schema';
import { clusterRef } from '@/lib/clusters/rules';
import type { ClusterDetail, ClusterRow, Quadrant } from '@/lib/clusters/schema';
import { AxesGlyph } from '../axes-glyph';
import type { Verdict } from '../decide-dialog';
import { Lookers } from '../lookers';
import { SeverityMark } from '../severity-mark';
import { StateMark } from '../state-mark';
import { verdictSentence } from '../verdict-sentence';
import { PreviewBars } from './preview-bars';
import { PreviewEvidence } from './preview-evidence';
import { PreviewFoot } from './preview-foot';

/** The row under the keyboard, judged without leaving the list. */
export function Preview({
  row,
  onClose,
  onClaim,
  onRelease,
  onDecide,
  busy,
  selecting,
}: {
  row: ClusterRow;
  onClose: () => void;
  onClaim: () => void;
  onRelease: () => void;
  onDecide: (verdict: Verdict) => void;
  busy: boolean;
  /** Rows are ticked: the claim key is theirs. */
  selecting: boolean;
}) {
  const detail = useQuery({
    queryKey: ['cluster', row.id, row.updatedAt],
    queryFn: ({ signal }) => readJson<ClusterDetail>(`/api/clusters/${row.id}`, signal),
    staleTime: 60_000,
  });
  const known = detail.data;
  const pulse = useQuery({
    queryKey: ['cluster', row.id, 'looked at'],
    queryFn: ({ signal }) => readJson<ClusterPulse>(`/api/clusters/${row.id}/presence`, signal),
    refetchInterval: PULSE_MS,
    staleTime: PULSE_MS,
  });
  return (
    <aside className="rail prev" aria-label={`Preview of ${row.name}`}>
      <section
        className="pv-body"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reachable by keyboard
        tabIndex={0}
        aria-label="Summary"
        key={row.id}
      >
        <section>
          <div className="pv-head">
            <div className="clip" title={row.name}>
              <span className="pv-name">{showInvisible(row.name)}</span>{' '}
              <span className="mute">{clusterRef(row.id)}</span>
            </div>
            <Button variant="ghost" icon className="push" aria-label="Close preview" onClick={onClose}>
              <X className="i" aria-hidden="true" />
            </Button>
          </div>
          <div className="row-m">
            <SeverityMark score={row.score} word />
            <span className="vr" />
            <StateMark status={row.status} reopenedCause={row.reopenedCause} />
            {row.assignee && (
              <>
                <span className="vr" />
                <Claimed name={row.assignee.name} id={row.assignee.id} />
              </>
            )}
          </div>
          <Lookers lookers={pulse.data?.lookers ?? []} />
          <p className="verdict">
            {verdictSentence(known ?? row).map((part, index) =>
              // The parts of one sentence never change places.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              part.strong ? <strong key={index}>{part.text}</strong> : <span key={index}>{part.text}</span>,
            )}
          </p>
          {!row.active && (
            <p className="small soft pv-gap">The latest detection run does not find it any more.</p>
          )}
          <Facts row={row} known={known} />
        </section>
        <PreviewEvidence row={row} known={known} problem={detail.error?.message ?? null} />
        <section>
          <h2>
            Exchanges per day <span className="label push">30 days of the window</span>
          </h2>
          <PreviewBars values={row.spark} releaseAt={row.releaseAt} />
        </section>
        <section>
          <h2>Axes</h2>
          <div className="pv-axes">
            <AxesGlyph quadrant={row.quadrant} size={40} />
            <p className="small soft">
              Coordination {row.coordination.toFixed(2)}, extraction {row.extraction.toFixed(2)}.{' '}
              {QUADRANT_SENTENCES[row.quadrant]}
            </p>
          </div>
        </section>
      </section>
      <PreviewFoot
        row={row}
        busy={busy}
        selecting={selecting}
        onClaim={onClaim}
        onRelease={onRelease}
        onDecide={onDecide}
      />
    </aside>
  );
}

const QUADRANT_SENTENCES: Record<Quadrant, string> = {
  distillation: 'Both high: distillation.',
  reseller_review: 'Only coordination is high: a reseller, to be reviewed by contract.',
  lone_extraction: 'Only extraction is high: research, or somebody alone.',
  benign: 'Neither is high.',
};

function Claimed({ name, id }: { name: string; id: number }) {
  const { person } = useDesk();
  return (
    <span className="small mute clip" title={name}>
      {person.id === id ? 'Claimed by you' : `Claimed by ${name}`}
    </span>
  );
}

function Facts({ row, known }: { row: ClusterRow; known: ClusterDetail | undefined }) {
  return (
    <dl className="mini">
      <div>
        <dt>Exchanges</dt>
        <dd>{formatShort(row.exchanges)}</dd>
      </div>
      <div>
        <dt>Each, active day</dt>
        <dd title="Exchanges an account on a day when it was active">{formatRate(row.dailyRate)}</dd>
      </div>
      <div>
        <dt>Paying</dt>
        <dd>
          {known ? formatCount(known.payingAccounts) : '…'}{' '}
          {known && <small>{formatPercent(known.payingAccounts / Math.max(1, row.accounts))}</small>}
        </dd>
      </div>
      <div>
        <dt>Oldest account</dt>
        <dd>
          <Ago at={row.firstSeenAt} />
        </dd>
      </div>
    </dl>
  );
}
