'use client';

import Link from 'next/link';
import { Fragment, useState } from 'react';
import { accountPath } from '@/components/accounts/account-path';
import { Button } from '@/components/ui/button';
import { formatCount, formatDollars, formatPercent } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import { OLD_DAYS, PAYING_DAYS } from '@/lib/enforcement/rules';
import type {
  EnforcementAction,
  GroupAccounts,
  Impact,
  ImpactGroup,
  ImpactGroupName,
} from '@/lib/enforcement/schema';
import { wrongCount, wrongSentence } from './wrong-words';

const GROUP_NAMES: Record<ImpactGroupName, { name: string; note: string }> = {
  paying: { name: 'Paying', note: `has paid in the last ${PAYING_DAYS} days` },
  verified: { name: 'Verified organization', note: 'checked by the provider' },
  enterprise: { name: 'Enterprise', note: 'under a contract' },
  old: { name: `Older than ${OLD_DAYS} days`, note: 'long-standing' },
  weakly_linked: { name: 'Weakly linked', note: 'by one kind alone, or none' },
  shared_network: { name: 'Shared network', note: 'campus, VPN exit or carrier' },
  judged_out: { name: 'Reviewed: does not belong', note: 'by a sampled review' },
};

/** Leaves groups out: at once in a draft; of a frozen list on the page of a new one. */
export type Excluding =
  | { out: readonly ImpactGroupName[]; toggle: (group: ImpactGroupName) => void }
  | { relistOf: number };

/** Who an action would hit, by group, and how many of them wrongly, as far as anybody can tell. */
export function ImpactTable({
  impact,
  action,
  past,
  groupAccounts,
  excluding,
}: {
  impact: Impact;
  action: EnforcementAction;
  past: boolean;
  groupAccounts: GroupAccounts;
  excluding?: Excluding;
}) {
  const [shown, setShown] = useState<ImpactGroupName | null>(null);
  const groups = (Object.keys(GROUP_NAMES) as ImpactGroupName[]).map(
    (group): ImpactGroup =>
      impact.groups.find((g) => g.group === group) ?? { group, accounts: 0, monthlySpendUsd: 0 },
  );
  const most = Math.max(1, ...groups.map((g) => g.wrong?.expected ?? 0));
  const ban = action === 'ban';
  return (
    <section className="panel" aria-labelledby="hit-title">
      <header>
        <h2 id="hit-title">{past ? 'Who was on the list' : 'Who would be hit'}</h2>
        <span className="small mute">groups overlap</span>
        {excluding && 'relistOf' in excluding && (
          <>
            <span className="push" />
            <span className="small soft p-wide">
              Excluding makes a new list and hash; approvals start again
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
            <th scope="col" className="num">
              Spend/mo
            </th>
            <th scope="col" className="num p-wrong">
              {ban ? 'Expected wrong bans' : 'Expected wrongly hit'}
            </th>
            <th scope="col" className="p-bar">
              <span className="vh">The same as a bar</span>
            </th>
            <th scope="col" className="p-acts">
              <span className="vh">Look and leave out</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ group, accounts, monthlySpendUsd, wrong }) => {
            const { name, note } = GROUP_NAMES[group];
            const out = excluding && 'out' in excluding && excluding.out.includes(group);
            const ids = groupAccounts[group] ?? [];
            return (
              <Fragment key={group}>
                <tr className={accounts === 0 ? 'nil' : undefined}>
                  <td>
                    {name} <span className="mute small">{out ? 'left out' : note}</span>
                  </td>
                  <td className="num">
                    <b>{formatCount(accounts)}</b>
                  </td>
                  <td className="num soft">
                    {accounts === 0 ? '–' : formatPercent(accounts / impact.accounts)}
                  </td>
                  <td className="num soft">{accounts === 0 ? '–' : formatDollars(monthlySpendUsd)}</td>
                  <td className="num p-wrong">{accounts === 0 ? '–' : wrongCount(wrong)}</td>
                  <td className="p-bar">
                    {accounts > 0 && wrong && wrong.expected > 0 && (
                      <span className="meter" aria-hidden="true">
                        <i style={{ width: `${(wrong.expected / most) * 100}%` }} />
                      </span>
                    )}
                  </td>
                  <td className="p-acts">
                    {ids.length > 0 && (
                      <Button
                        variant="ghost"
                        aria-expanded={shown === group}
                        aria-label={`Show ${name.toLowerCase()} accounts`}
                        onClick={() => setShown(shown === group ? null : group)}
                      >
                        {shown === group ? 'Hide' : 'Show'}
                      </Button>
                    )}
                    {excluding && (accounts > 0 || out) && (
                      <Exclude group={group} name={name} excluding={excluding} />
                    )}
                  </td>
                </tr>
                {shown === group && ids.length > 0 && <Named ids={ids} accounts={accounts} />}
              </Fragment>
            );
          })}
          <tr className="tot">
            <td>
              <b>Everyone on the list</b>
            </td>
            <td className="num">
              <b>{formatCount(impact.accounts)}</b>
            </td>
            <td className="num soft">{formatPercent(1)}</td>
            <td className="num">{formatDollars(impact.monthlySpendUsd)}</td>
            <td className="num p-wrong">
              <b>{wrongCount(impact.wrong)}</b>
            </td>
            <td className="p-bar" />
            <td className="p-acts small mute">
              {impact.wrong && impact.wrong.expected > 0
                ? `${formatCount(Math.floor(impact.wrong.low))} to ${formatCount(Math.ceil(impact.wrong.high))}, at 90 %`
                : ''}
            </td>
          </tr>
        </tbody>
      </table>
      <p className="small soft p-foot-note">{wrongSentence(impact, action)}</p>
    </section>
  );
}

function Exclude({ group, name, excluding }: { group: ImpactGroupName; name: string; excluding: Excluding }) {
  if ('relistOf' in excluding) {
    return (
      <Link
        className="btn"
        href={`/approvals/new?relist=${excluding.relistOf}&exclude=${group}`}
        aria-label={`Exclude ${name.toLowerCase()}`}
        prefetch={false}
      >
        Exclude
      </Link>
    );
  }
  const out = excluding.out.includes(group);
  return (
    <Button
      aria-pressed={out}
      aria-label={`${out ? 'Take back' : 'Exclude'} ${name.toLowerCase()}`}
      onClick={() => excluding.toggle(group)}
    >
      {out ? 'Take back' : 'Exclude'}
    </Button>
  );
}

function Named({ ids, accounts }: { ids: readonly string[]; accounts: number }) {
  return (
    <tr className="p-named">
      <td colSpan={7}>
        {ids.map((id) => (
          <Link key={id} className="mono p-account" href={accountPath(id)} prefetch={false} target="_blank">
            <RawText>{id}</RawText>
          </Link>
        ))}
        {accounts > ids.length && (
          <span className="small mute">
            the {ids.length} held least; {formatCount(accounts - ids.length)} more
          </span>
        )}
      </td>
    </tr>
  );
}
