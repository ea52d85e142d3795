'use client';

import Link from 'next/link';
import { Fragment } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { formatMoment, showInvisible } from '@/components/ui/format';
import type { AuditRow } from '@/lib/audit/schema';
import { auditHref, objectHref } from './audit-query';
import { buildDiff, type DiffLine, valueLines } from './build-diff';

/** What an entry says beyond its line: the change, the reason, the rest, and where to go on. */
export function EntryDetail({ row }: { row: AuditRow }) {
  const diff = buildDiff(row.before, row.after);
  const detail = Object.entries(row.detail ?? {});
  const page = objectHref(row);
  return (
    <div className="ex">
      {diff.length > 0 && <Diff row={row} lines={diff} />}
      <dl>
        {row.reason && (
          <div className="whole">
            <dt>{row.outcome === 'refused' ? 'Because' : 'Said'}</dt>
            <dd className="said">{row.reason}</dd>
          </div>
        )}
        {detail.map(([field, value]) => (
          <div key={field}>
            <dt>{field.replaceAll('_', ' ')}</dt>
            <dd className="mono">
              <Value value={value} />
            </dd>
          </div>
        ))}
        <div>
          <dt>When</dt>
          <dd>{formatMoment(row.at)}</dd>
        </div>
        <div>
          <dt>Actor</dt>
          <dd className="mono">{showInvisible(row.actor)}</dd>
        </div>
      </dl>
      <div className="exa">
        {page && (
          <Link className="btn low" href={page}>
            Open {showInvisible(row.objectId)}
          </Link>
        )}
        <Link className="btn low" href={auditHref({ object: `${row.objectType}:${row.objectId}` })}>
          Everything of {showInvisible(row.objectId)}
        </Link>
        <Link className="btn low" href={auditHref({ actor: row.actor })}>
          Everything by {showInvisible(row.actorName)}
        </Link>
        <Button className="low" onClick={() => void copy(row)}>
          Copy JSON
        </Button>
      </div>
    </div>
  );
}

/** Both sides in one table, so that a field stands on one line in both. */
function Diff({ row, lines }: { row: AuditRow; lines: DiffLine[] }) {
  const sides = [row.before && ('before' as const), row.after && ('after' as const)].filter(
    (side) => side !== null,
  );
  return (
    <table className="dg">
      <colgroup>
        {sides.map((side) => (
          <Fragment key={side}>
            <col className="dg-sign" />
            <col className="dg-field" />
            <col />
          </Fragment>
        ))}
      </colgroup>
      <thead>
        <tr>
          {sides.map((side) => (
            <th key={side} scope="colgroup" colSpan={3}>
              {side === 'before' ? 'Before' : 'After'}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.field}>
            {sides.map((side) => (
              <SideCells key={side} line={line} side={side} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SideCells({ line, side }: { line: DiffLine; side: 'before' | 'after' }) {
  const value = line[side];
  const changed = line.changed && value !== null;
  const tone = changed ? (side === 'before' ? 'del' : 'add') : '';
  return (
    <>
      <td className={`dg-sign ${tone}`}>{changed && (side === 'before' ? '\u2212' : '+')}</td>
      <td className={`dg-field mono ${tone}`}>{value !== null && showInvisible(line.field)}</td>
      <td className={`mono ${tone}`}>{value !== null && showInvisible(value)}</td>
    </>
  );
}

/** Long lists scroll in their own place. */
function Value({ value }: { value: unknown }) {
  const lines = valueLines(value);
  const [only] = lines;
  if (lines.length === 1 && only !== undefined) return showInvisible(only);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reachable by keyboard
    <ul className="ex-list" tabIndex={0}>
      {lines.map((line, index) => (
        // Lines of a list that never changes; two may be equal.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={index}>{showInvisible(line)}</li>
      ))}
    </ul>
  );
}

async function copy(row: AuditRow): Promise<void> {
  try {
    await navigator.clipboard.writeText(JSON.stringify(row, null, 2));
    toast.success(`Entry ${row.id} copied`);
  } catch {
    toast.error('The browser did not allow copying. Weir has to be opened over https or on this machine.');
  }
}
