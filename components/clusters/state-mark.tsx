import type { ReactNode } from 'react';
import type { ClusterStatus } from '@/lib/clusters/schema';

type State = 'open' | 'review' | 'confirmed' | 'dismissed' | 'reopened';

const CLASSES: Record<ClusterStatus, State> = {
  open: 'open',
  in_review: 'review',
  confirmed: 'confirmed',
  dismissed: 'dismissed',
};

export const STATUS_LABELS: Record<ClusterStatus, string> = {
  open: 'Open',
  in_review: 'In review',
  confirmed: 'Confirmed',
  dismissed: 'Dismissed',
};

const RING = <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />;

const MARKS: Record<State, ReactNode> = {
  open: RING,
  review: (
    <>
      {RING}
      <path d="M6 1.25a4.75 4.75 0 0 1 0 9.5z" fill="currentColor" />
    </>
  ),
  confirmed: (
    <>
      <circle cx="6" cy="6" r="5.5" fill="currentColor" />
      <path d="M3.6 6.2l1.7 1.7 3.2-3.6" fill="none" stroke="var(--surface)" strokeWidth="1.5" />
    </>
  ),
  dismissed: (
    <>
      {RING}
      <path d="M2.8 9.2l6.4-6.4" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  reopened: (
    <path d="M2 3v2.6h2.6M2.3 5.4a4.2 4.2 0 1 1-.2 2" fill="none" stroke="currentColor" strokeWidth="1.5" />
  ),
};

/** Mark and word of a cluster's state. Open with a cause is "Reopened". */
export function StateMark({
  status,
  reopenedCause = null,
}: {
  status: ClusterStatus;
  reopenedCause?: string | null;
}) {
  const reopened = status === 'open' && reopenedCause !== null;
  const state = reopened ? 'reopened' : CLASSES[status];
  return (
    <span className={`state ${state}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        {MARKS[state]}
      </svg>
      {reopened ? 'Reopened' : STATUS_LABELS[status]}
    </span>
  );
}
