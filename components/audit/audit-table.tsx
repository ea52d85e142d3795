'use client';

import { Check, ChevronRight, X } from 'lucide-react';
import Link from 'next/link';
import { Fragment } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Badge } from '@/components/ui/badge';
import { formatClock, formatCount, formatDay } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { AuditRow } from '@/lib/audit/schema';
import { ActorMark } from './actor-mark';
import { objectHref } from './audit-query';
import { summarize } from './build-diff';
import { EntryDetail } from './entry-detail';

const COLUMNS = 7;

/** Entries, newest first; one of them unfolded. */
export function AuditTable({
  rows,
  at,
  open,
  onToggle,
}: {
  rows: AuditRow[];
  /** Id of the row under the keyboard. */
  at: number | null;
  /** Id of the unfolded row. */
  open: number | null;
  onToggle: (id: number) => void;
}) {
  const { person } = useDesk();
  return (
    <table className="grid rows-32 at-t">
      <thead>
        <tr>
          <th scope="col" className="num a-index">
            Index
          </th>
          <th scope="col" className="a-time">
            Time, UTC
          </th>
          <th scope="col" className="a-actor">
            Actor
          </th>
          <th scope="col" className="a-verb">
            Verb
          </th>
          <th scope="col" className="a-object">
            Object
          </th>
          <th scope="col" className="a-reason">
            Reason or change
          </th>
          <th scope="col" className="a-outcome">
            Outcome
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <Fragment key={row.id}>
            {dayOf(row) !== dayOf(rows[index - 1]) && (
              <tr className="day">
                <th scope="rowgroup" colSpan={COLUMNS}>
                  {formatDay(row.at)}
                </th>
              </tr>
            )}
            {/* The keyboard reaches an entry by j and k, and by the button in its line. */}
            <tr
              className={[row.id === at && 'at', row.id === open && 'op'].filter(Boolean).join(' ')}
              data-row={row.id}
              onClick={() => onToggle(row.id)}
            >
              <td className="num mute">
                <button
                  type="button"
                  className="unfold"
                  aria-expanded={row.id === open}
                  aria-label={`Entry ${row.id}`}
                  onClick={(event) => {
                    event.stopPropagation();
                    onToggle(row.id);
                  }}
                >
                  <ChevronRight className="i" aria-hidden="true" />
                  {formatCount(row.id)}
                </button>
              </td>
              <td className="soft">{formatClock(row.at)}</td>
              <td>
                <ActorMark actor={row.actor} name={row.actorName} you={row.actor === `user:${person.id}`} />
              </td>
              <td className="mono clip" title={row.verb}>
                {row.verb}
              </td>
              <td>
                <ObjectCell row={row} />
              </td>
              <td className={row.reason ? 'a-reason soft' : 'a-reason mute'}>
                <RawText>{summarize(row)}</RawText>
              </td>
              <td>
                <Outcome outcome={row.outcome} />
              </td>
            </tr>
            {row.id === open && (
              <tr className="exp">
                <td colSpan={COLUMNS}>
                  <EntryDetail row={row} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function dayOf(row: AuditRow | undefined): string | undefined {
  return row?.at.slice(0, 10);
}

function ObjectCell({ row }: { row: AuditRow }) {
  const href = objectHref(row);
  return (
    <span className="obj">
      {href ? (
        <Link className="link" href={href} prefetch={false} onClick={(event) => event.stopPropagation()}>
          <RawText className="mono">{row.objectId}</RawText>
        </Link>
      ) : (
        <RawText className="mono">{`${row.objectType} ${row.objectId}`}</RawText>
      )}
      {row.objectLabel && <RawText className="mute">{row.objectLabel}</RawText>}
    </span>
  );
}

function Outcome({ outcome }: { outcome: AuditRow['outcome'] }) {
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
