'use client';

import { useState } from 'react';
import { KindIcon, kindLabel, kindShort } from '@/components/clusters/kind-icon';
import { TrailLink } from '@/components/shell/trail';
import { Button } from '@/components/ui/button';
import { formatCount, formatDay } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { AccountDetail } from '@/lib/clusters/account-schema';

const FIRST = 15;

/** What the account was seen with, the what ties it most to others first, and how many accounts hold each. */
export function IndicatorTable({ account }: { account: AccountDetail }) {
  const [kind, setKind] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const { indicators, indicatorKinds } = account;
  const total = indicatorKinds.reduce((sum, each) => sum + each.values, 0);
  const matching = kind === null ? indicators : indicators.filter((row) => row.kind === kind);
  const rows = all ? matching : matching.slice(0, FIRST);
  const inKind = kind === null ? total : (indicatorKinds.find((each) => each.kind === kind)?.values ?? 0);
  return (
    <section className="panel" aria-labelledby="indicators-title">
      <header>
        <h2 id="indicators-title">Indicators</h2>
        <span className="small mute">what ties it most to others first</span>
        <span className="push" />
        <span className="small soft">{account.sensitive ? '' : 'Your role sees counts, not values'}</span>
      </header>
      {total === 0 ? (
        <p className="body soft">
          No record names a payment instrument, device, address or template of this account.
        </p>
      ) : (
        <>
          <fieldset className="a-kinds">
            <legend className="vh">Kind</legend>
            <button
              type="button"
              className="a-kind"
              aria-pressed={kind === null}
              onClick={() => setKind(null)}
            >
              All <span className="num">{formatCount(total)}</span>
            </button>
            {indicatorKinds.map((each) => (
              <button
                key={each.kind}
                type="button"
                className="a-kind"
                aria-pressed={kind === each.kind}
                onClick={() => setKind(kind === each.kind ? null : each.kind)}
              >
                <KindIcon kind={each.kind} />
                {kindShort(each.kind)} <span className="num">{formatCount(each.values)}</span>
              </button>
            ))}
          </fieldset>
          <table className="grid rows-28 plain a-indicators">
            <thead>
              <tr>
                <th scope="col">Kind</th>
                <th scope="col">Value</th>
                <th scope="col" className="num">
                  Accounts with it
                </th>
                <th scope="col" className="num">
                  Times here
                </th>
                <th scope="col" className="num">
                  Last day
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={`${row.kind} ${row.value ?? index}`}>
                  <td>
                    <span className="a-line">
                      <KindIcon kind={row.kind} />
                      <span className="clip" title={kindLabel(row.kind)}>
                        {kindShort(row.kind)}
                      </span>
                    </span>
                  </td>
                  <td className="mono a-clip">
                    {row.value === null ? (
                      <span className="mute">hidden</span>
                    ) : (
                      <TrailLink className="a-link" to={{ type: 'indicator', id: row.id }}>
                        <RawText>{row.value}</RawText>
                      </TrailLink>
                    )}
                  </td>
                  <td className="num">
                    {row.accounts === 1 && !row.atLeast ? (
                      <span className="mute">this one only</span>
                    ) : (
                      <b>
                        {formatCount(row.accounts)}
                        {row.atLeast && ' or more'}
                      </b>
                    )}
                  </td>
                  <td className="num soft">{formatCount(row.count)}</td>
                  <td className="num soft">{formatDay(row.lastDay)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {(matching.length > rows.length || inKind > rows.length) && (
            <footer className="a-more">
              <span className="small mute">
                {formatCount(rows.length)} of {formatCount(inKind)} shown
              </span>
              {matching.length > rows.length && (
                <Button variant="ghost" onClick={() => setAll(true)}>
                  Show {formatCount(matching.length)}
                </Button>
              )}
            </footer>
          )}
        </>
      )}
    </section>
  );
}
