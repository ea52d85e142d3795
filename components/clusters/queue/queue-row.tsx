'use client';

import { Check } from 'lucide-react';
import Link from 'next/link';
import { memo } from 'react';
import { Ago } from '@/components/ui/ago';
import { Avatar } from '@/components/ui/avatar';
import { formatCount, formatRate, formatShort, showInvisible } from '@/components/ui/format';
import { clusterRef } from '@/lib/clusters/rules';
import type { ClusterRow } from '@/lib/clusters/schema';
import { AxesGlyph } from '../axes-glyph';
import { EvidenceChip } from '../evidence-chip';
import { reopenedWords } from '../reopened-words';
import { SeverityMark } from '../severity-mark';
import { Sparkline } from '../sparkline';
import { StateMark } from '../state-mark';

interface RowProps {
  row: ClusterRow;
  at: boolean;
  selected: boolean;
  /** Undefined where nothing can be done with a selection. */
  onSelect?: (id: number) => void;
  onExtend: (id: number) => void;
  onPoint: (id: number) => void;
  personId: number;
  /** One line: the strongest kind alone. */
  compact: boolean;
}

/** One cluster: first line what, second line the comparison. */
export const QueueRow = memo(function QueueRow({
  row,
  at,
  selected,
  onSelect,
  onExtend,
  onPoint,
  personId,
  compact,
}: RowProps) {
  const classes = [at && 'at', selected && 'on'].filter(Boolean).join(' ');
  return (
    // The keyboard reaches a row by j and k, and by the link in it.
    <tr className={classes} data-row={row.id} aria-current={at || undefined} onClick={() => onPoint(row.id)}>
      {onSelect && (
        <td className="c-tick">
          <Tick
            state={selected ? 'on' : 'off'}
            label={`Select ${row.name}`}
            onToggle={(shift) => (shift ? onExtend : onSelect)(row.id)}
          />
        </td>
      )}
      <td>
        <SeverityMark score={row.score} />
      </td>
      <td className="q">
        <AxesGlyph quadrant={row.quadrant} />
      </td>
      <td>
        <div className="two">
          <Link className="name" href={`/clusters/${row.id}`} prefetch={false} title={row.name}>
            {showInvisible(row.name)}
          </Link>
          <span>{clusterRef(row.id)}</span>
        </div>
      </td>
      <td className="num">
        <div className="two">
          <span className="v">{formatCount(row.accounts)}</span>
          <span title={`${formatCount(row.joined)} joined in the latest run`}>{joinedWords(row)}</span>
        </div>
      </td>
      <td className="num c-ex">
        <div className="two">
          <span className="v">{formatShort(row.exchanges)}</span>
          <span title="Exchanges an account on a day when it was active">
            {formatRate(row.dailyRate)}/day
          </span>
        </div>
      </td>
      <td>
        <Chips row={row} most={compact ? 1 : 2} />
      </td>
      <td className="c-sp">
        <Sparkline values={row.spark} releaseAt={row.releaseAt} />
      </td>
      <td>
        <div className="two">
          <StateMark status={row.status} reopenedCause={row.reopenedCause} />
          <span title={noteOf(row)}>{noteOf(row)}</span>
        </div>
      </td>
      <td className="c-as">
        {row.assignee ? (
          <Avatar name={row.assignee.name} you={row.assignee.id === personId} />
        ) : (
          <span className="mute" title="Nobody">
            –
          </span>
        )}
      </td>
      <td className="num soft">
        <Ago at={row.createdAt} />
      </td>
    </tr>
  );
});

/** "+312"; a cluster that the latest run found for the first time is new as a whole. */
function joinedWords({ joined, accounts }: ClusterRow): string {
  return joined > 0 && joined >= accounts ? 'new' : `+${formatCount(joined)}`;
}

function Chips({ row, most }: { row: ClusterRow; most: 1 | 2 }) {
  // A kind that no member shows holds nothing together.
  const holding = row.evidence.filter((evidence) => evidence.members > 0);
  const [first, second] = holding.slice(0, most);
  const hidden = row.moreEvidence + Math.max(0, holding.length - most);
  const more = hidden > 0 && (
    <span className="more" title={`${hidden} more kinds of evidence`}>
      +{hidden}
    </span>
  );
  if (!first) return <span className="mute small">none kept</span>;
  return (
    <div className="chips">
      <span>
        <EvidenceChip evidence={first} />
        {!second && more}
      </span>
      {second && (
        <span>
          <EvidenceChip evidence={second} />
          {more}
        </span>
      )}
    </div>
  );
}

/** What follows the state. A finding that is gone is said even when proposals have something to tell. */
function noteOf(row: ClusterRow): string {
  const own =
    row.statusNote ?? (row.status === 'open' && row.reopenedCause ? reopenedWords(row.reopenedCause) : null);
  if (!row.active) return own ? `not found now, ${own}` : 'not found now';
  return own ?? '';
}

/** A box to tick that looks the same in both themes and takes the focus. */
export function Tick({
  state,
  label,
  onToggle,
}: {
  state: 'on' | 'off' | 'part';
  label: string;
  /** @param shift whether the shift key was held */
  onToggle: (shift: boolean) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the browser's own box cannot be half ticked by markup or drawn by ours
    <button
      type="button"
      role="checkbox"
      className={state === 'off' ? 'tick' : `tick ${state}`}
      aria-checked={state === 'part' ? 'mixed' : state === 'on'}
      aria-label={label}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(event.shiftKey);
      }}
    >
      {state === 'on' && <Check className="i" aria-hidden="true" />}
    </button>
  );
}
