import { formatCount, formatDollars, formatPercent } from '@/components/ui/format';
import { OLD_DAYS, PAYING_DAYS } from '@/lib/enforcement/rules';
import type { Impact, ImpactGroup } from '@/lib/enforcement/schema';

const GROUPS: { group: ImpactGroup['group']; name: string; note: string }[] = [
  { group: 'paying', name: 'Paying', note: `has paid in the last ${PAYING_DAYS} days` },
  { group: 'verified', name: 'Verified organization', note: 'identity checked by the provider' },
  { group: 'enterprise', name: 'Enterprise', note: 'under a contract' },
  { group: 'old', name: `Older than ${OLD_DAYS} days`, note: 'long-standing' },
  { group: 'shared_network', name: 'Shared network', note: 'campus, VPN exit or carrier' },
];

/** Who an action would hit, by group, against everybody on the list. */
export function ImpactTable({ impact, past }: { impact: Impact; past: boolean }) {
  const most = Math.max(1, ...impact.groups.map((g) => g.accounts));
  return (
    <section className="panel" aria-labelledby="hit-title">
      <header>
        <h2 id="hit-title">{past ? 'Who was on the list' : 'Who would be hit'}</h2>
        <span className="small mute">groups overlap; counted when the list was frozen</span>
        {!past && (
          <>
            <span className="push" />
            <span className="small soft p-wide">
              Another list needs a new proposal: approvals bind to this one
            </span>
          </>
        )}
      </header>
      <table className="grid rows-32 plain p-hit">
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col" className="num">
              Accounts
            </th>
            <th scope="col" className="num">
              Share
            </th>
            <th scope="col" className="p-bar">
              <span className="vh">Share as a bar</span>
            </th>
            <th scope="col" className="num">
              Spend/mo
            </th>
          </tr>
        </thead>
        <tbody>
          {GROUPS.map(({ group, name, note }) => {
            const found = impact.groups.find((g) => g.group === group);
            const accounts = found?.accounts ?? 0;
            const nil = accounts === 0;
            return (
              <tr key={group} className={nil ? 'nil' : undefined}>
                <td>
                  {name} <span className="mute small">{note}</span>
                </td>
                <td className="num">
                  <b>{formatCount(accounts)}</b>
                </td>
                <td className="num soft">{nil ? '–' : formatPercent(accounts / impact.accounts)}</td>
                <td className="p-bar">
                  {!nil && (
                    <span className="meter" aria-hidden="true">
                      <i style={{ width: `${Math.max(2, (accounts / most) * 100)}%` }} />
                    </span>
                  )}
                </td>
                <td className="num soft">{nil ? '–' : formatDollars(found?.monthlySpendUsd ?? 0)}</td>
              </tr>
            );
          })}
          <tr className={impact.heldByOneKind === 0 ? 'nil' : undefined}>
            <td>
              Weakly linked <span className="mute small">held by one kind of evidence alone</span>
            </td>
            <td className="num">
              <b>{formatCount(impact.heldByOneKind)}</b>
            </td>
            <td className="num soft">
              {impact.heldByOneKind === 0 ? '–' : formatPercent(impact.heldByOneKind / impact.accounts)}
            </td>
            <td className="p-bar">
              {impact.heldByOneKind > 0 && (
                <span className="meter" aria-hidden="true">
                  <i
                    style={{ width: `${Math.min(100, Math.max(2, (impact.heldByOneKind / most) * 100))}%` }}
                  />
                </span>
              )}
            </td>
            <td className="num soft">–</td>
          </tr>
          <tr className="tot">
            <td>
              <b>Everyone on the list</b>
            </td>
            <td className="num">
              <b>{formatCount(impact.accounts)}</b>
            </td>
            <td className="num soft">{formatPercent(1)}</td>
            <td className="p-bar" />
            <td className="num">{formatDollars(impact.monthlySpendUsd)}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
