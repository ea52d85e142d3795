'use client';

import { Check, ChevronRight, X } from 'lucide-react';
import Link from 'next/link';
import { useDesk } from '@/components/shell/desk-context';
import { Badge } from '@/components/ui/badge';
import { formatClock, formatCount, formatMoment, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { AuditLine } from '@/lib/audit/filter-schema';
import { verbLabel } from '@/lib/audit/verb-words';
import { ActorMark } from './actor-mark';
import { objectHref } from './audit-query';
import { foldWords, summarize } from './summarize';

/** One entry on one line. The keyboard reaches it by j and k, and by the button in it. */
export function AuditRowLine({
  row,
  batch,
  index,
  at,
  open,
  onToggle,
}: {
  row: AuditLine;
  /** One of an opened fold. */
  batch: boolean;
  /** Its place among the items. */
  index: number;
  at: boolean;
  open: boolean;
  onToggle: () => void;
}) {
  const { person } = useDesk();
  const fold = batch ? null : row.fold;
  return (
    <tr
      className={[at && 'at', open && !fold && 'op', batch && 'batch'].filter(Boolean).join(' ')}
      data-index={index}
      onClick={onToggle}
    >
      <td className="num mute">
        <button
          type="button"
          className="unfold"
          aria-expanded={open}
          aria-label={
            fold ? `${formatOf(fold.entries, 'batch', 'batches')} to ${entryName(row)}` : entryName(row)
          }
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        >
          <ChevronRight className="i" aria-hidden="true" />
          {row.index === null ? '–' : formatCount(row.index)}
        </button>
      </td>
      <td className="soft" title={formatMoment(row.at)}>
        {formatClock(row.at)}
      </td>
      <td>
        <ActorMark actor={row.actor} name={row.actorName} you={row.actor === `user:${person.id}`} />
      </td>
      <td className="mono clip" title={`${verbLabel(row.verb)} (${row.verb})`}>
        {row.verb}
      </td>
      <td>
        <ObjectCell row={row} words={fold ? foldWords(fold) : summarize(row)}>
          {fold && <span className="fold">{formatOf(fold.entries, 'entry', 'entries')}</span>}
        </ObjectCell>
      </td>
      <td>
        <Outcome outcome={row.outcome} />
      </td>
      <td className="mono mute a-leaf" title={row.leaf ?? 'Not in the log yet'}>
        {row.leaf ? `${row.leaf.slice(0, 4)}…${row.leaf.slice(-2)}` : '–'}
      </td>
    </tr>
  );
}

/** "entry 1,284,301"; one that has no place in the log yet has its number in the database. */
function entryName(row: AuditLine): string {
  return row.index === null ? `new entry ${row.id}` : `entry ${formatCount(row.index)}`;
}

function ObjectCell({ row, words, children }: { row: AuditLine; words: string; children: React.ReactNode }) {
  const href = objectHref(row);
  return (
    <span className="obj">
      {href ? (
        <Link className="link" href={href} prefetch={false} onClick={(event) => event.stopPropagation()}>
          <RawText className="mono">{row.objectId}</RawText>
        </Link>
      ) : (
        <RawText className="mono obj-id">{`${row.objectType} ${row.objectId}`}</RawText>
      )}
      {row.objectLabel && <RawText className="soft obj-label">{row.objectLabel}</RawText>}
      {words && <RawText className="mute obj-words">{words}</RawText>}
      {children}
    </span>
  );
}

function Outcome({ outcome }: { outcome: AuditLine['outcome'] }) {
  if (outcome === 'refused') {
    return (
      <Badge tone="bad" icon={<X className="i" aria-hidden="true" />}>
        Refused
      </Badge>
    );
  }
  return (
    <span className="done">
      <Check className="i" aria-hidden="true" />
      Done
    </span>
  );
}
