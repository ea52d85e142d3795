'use client';

import { Fragment, useState } from 'react';
import { formatOf, showInvisible } from '@/components/ui/format';
import type { DiffLine } from './build-diff';
import { LongText } from './long-text';

type Side = 'before' | 'after';
/** Values that stayed as they were, shown at once. */
const UNCHANGED = 6;
/** Lines drawn at all; the entry's JSON has the rest. */
const MOST = 400;

/** Both sides in one table, so that a value stands on one line in both. */
export function DiffTable({ lines, sides: has }: { lines: DiffLine[]; sides: Record<Side, boolean> }) {
  const [all, setAll] = useState(false);
  const sides = (['before', 'after'] as const).filter((side) => has[side]);
  const changed = lines.filter((line) => line.changed).length;
  const shown = lines.slice(0, all ? MOST : Math.min(MOST, changed + UNCHANGED));
  const rest = lines.length - shown.length;
  return (
    <div className="dg-box">
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
          {shown.map((line, index) => (
            // A value that moved in a list may stand under the same path twice.
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of an entry never change
            <tr key={index} className={line.changed ? undefined : 'same'}>
              {sides.map((side) => (
                <SideCells key={side} line={line} side={side} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && (
        <p className="dg-rest small mute">
          {all ? (
            `and ${formatOf(rest, 'more value')}: Copy JSON has them all`
          ) : (
            <button type="button" className="link" onClick={() => setAll(true)}>
              {formatOf(rest, 'more value')}
              {shown.length >= changed && ' that stayed as they were'}
            </button>
          )}
        </p>
      )}
    </div>
  );
}

function SideCells({ line, side }: { line: DiffLine; side: Side }) {
  const value = line[side];
  const changed = line.changed && value !== null;
  const tone = changed ? (side === 'before' ? 'del' : 'add') : '';
  return (
    <>
      <td className={`dg-sign ${tone}`}>{changed && (side === 'before' ? '\u2212' : '+')}</td>
      <td className={`dg-field mono ${tone}`}>{value !== null && showInvisible(line.path)}</td>
      <td className={`mono ${tone}`}>{value !== null && <LongText text={value} />}</td>
    </>
  );
}
