'use client';

import type { ReactNode } from 'react';
import { formatCount, formatPercent } from '@/components/ui/format';
import type { Split } from '@/lib/enforcement/weigh-schema';
import { wrongCount } from './wrong-words';

/** The graduated answer: ban whom the evidence holds fast, ask the rest to prove who they are. */
export function SplitPanel({
  split,
  wrong,
  left,
  children,
}: {
  split: Split;
  /** Expected wrong bans of the whole list. */
  wrong: { expected: number } | undefined;
  /** Weak members, who are left alone and watched. */
  left: number;
  /** The button that uses it. */
  children?: ReactNode;
}) {
  const rows = [
    { name: 'Ban the core', mark: 'ban', part: split.ban, after: null },
    { name: 'Require verification', mark: 'verify', part: split.verify, after: 'who is real passes' },
  ] as const;
  return (
    <section className="panel" aria-labelledby="split-title">
      <header>
        <h2 id="split-title">Suggested split</h2>
        <span className="push" />
        {children}
      </header>
      <table className="grid rows-28 plain p-split">
        <thead>
          <tr>
            <th scope="col">By strength of link</th>
            <th scope="col" className="num">
              Accounts
            </th>
            <th scope="col" className="num">
              Wrongly hit
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, mark, part, after }) => (
            <tr key={mark}>
              <td>
                <i className={`p-sw ${mark}`} aria-hidden="true" /> {name}
              </td>
              <td className="num">
                <b>{formatCount(part.accounts)}</b>
              </td>
              <td className="num">
                {wrongCount(part.wrong)}{' '}
                <span className="small mute">
                  {after ?? `${Math.floor(part.wrong.low)} to ${formatCount(Math.ceil(part.wrong.high))}`}
                </span>
              </td>
            </tr>
          ))}
          {left > 0 && (
            <tr>
              <td>
                <i className="p-sw" aria-hidden="true" /> Leave and watch
              </td>
              <td className="num">
                <b>{formatCount(left)}</b>
              </td>
              <td className="num">0</td>
            </tr>
          )}
        </tbody>
      </table>
      <p className="small soft p-foot-note">
        As it stands: about {wrongCount(wrong)} wrong bans expected. With the split:{' '}
        {wrongCount(split.ban.wrong)}, and {formatPercent(split.ban.exchanges)} of the list’s exchanges stop
        at once. Both become proposals of their own, together or not at all.
      </p>
    </section>
  );
}
