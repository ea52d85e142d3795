import { Check, OctagonX, TriangleAlert } from 'lucide-react';
import { shortHash } from '@/components/enforcement/words';
import { formatCount, formatDollars, formatOf, formatPercent } from '@/components/ui/format';
import type { ProposalPreview } from '@/lib/enforcement/propose-schema';
import { OLD_DAYS, PAYING_DAYS } from '@/lib/enforcement/rules';
import type { ImpactGroup } from '@/lib/enforcement/schema';
import type { Exclusion } from './propose-dialog';

const GROUPS: { group: ImpactGroup['group']; exclusion: Exclusion | null; name: string; note: string }[] = [
  { group: 'paying', exclusion: 'paying', name: 'Paying', note: `paid in the last ${PAYING_DAYS} days` },
  {
    group: 'verified',
    exclusion: 'verified',
    name: 'Verified organization',
    note: 'checked by the provider',
  },
  { group: 'enterprise', exclusion: 'enterprise', name: 'Enterprise', note: 'under a contract' },
  { group: 'old', exclusion: 'old', name: `Older than ${OLD_DAYS} days`, note: 'long-standing' },
  {
    group: 'weakly_linked',
    exclusion: 'weakly_linked',
    name: 'Weakly linked',
    note: 'held by one kind of evidence alone',
  },
  {
    group: 'shared_network',
    exclusion: 'shared_network',
    name: 'Shared network',
    note: 'campus, VPN exit or carrier',
  },
  {
    group: 'judged_out',
    exclusion: 'judged_out',
    name: 'Reviewed: does not belong',
    note: 'a second analyst’s verdict',
  },
];

/** Who would be hit, whom to leave out, what the guardrails say, and how many people must approve. */
export function ProposalOutlook({
  preview,
  stale,
  exclude,
  onExclude,
}: {
  preview: ProposalPreview;
  /** Being counted anew: the old figures stay, dimmed. */
  stale: boolean;
  exclude: Exclusion[];
  onExclude: (exclude: Exclusion[]) => void;
}) {
  const { impact, guardrails, leftOut } = preview;
  const failing = guardrails.filter((check) => !check.ok);
  const toggle = (group: Exclusion) =>
    onExclude(exclude.includes(group) ? exclude.filter((each) => each !== group) : [...exclude, group]);
  const notOn = [
    leftOut.weak > 0 && `${formatCount(leftOut.weak)} linked too weakly`,
    leftOut.held > 0 && `${formatCount(leftOut.held)} on the never-ban list or under legal hold`,
    leftOut.already > 0 && `${formatCount(leftOut.already)} in this state or a stricter one already`,
    leftOut.excluded > 0 && `${formatCount(leftOut.excluded)} left out by you`,
  ].filter(Boolean);
  return (
    <div className="cl-outlook" data-stale={stale || undefined} aria-live="polite">
      <table className="grid rows-24 plain">
        <thead>
          <tr>
            <th scope="col">Who would be hit</th>
            <th scope="col" className="num">
              Accounts
            </th>
            <th scope="col" className="num">
              Share
            </th>
            <th scope="col" className="num">
              Spend/mo
            </th>
            <th scope="col">Leave out</th>
          </tr>
        </thead>
        <tbody>
          {GROUPS.map(({ group, exclusion, name, note }) => {
            const found = impact.groups.find((each) => each.group === group);
            const accounts = found?.accounts ?? 0;
            const out = exclusion !== null && exclude.includes(exclusion);
            return (
              <tr key={group}>
                <td>
                  {name} <span className="mute small">{note}</span>
                </td>
                <td className="num">
                  <b>{formatCount(accounts)}</b>
                </td>
                <td className="num soft">
                  {accounts === 0 ? '–' : formatPercent(accounts / Math.max(impact.accounts, 1))}
                </td>
                <td className="num soft">
                  {accounts === 0 ? '–' : formatDollars(found?.monthlySpendUsd ?? 0)}
                </td>
                <td>
                  {exclusion !== null && (accounts > 0 || out) && (
                    <label className="cl-check">
                      <input type="checkbox" checked={out} onChange={() => toggle(exclusion)} />
                      <span className="vh">Leave out {name.toLowerCase()}</span>
                    </label>
                  )}
                </td>
              </tr>
            );
          })}
          <tr className="cl-sum">
            <td>
              <b>Everyone on the list</b>
            </td>
            <td className="num">
              <b>{formatCount(preview.accountCount)}</b>
            </td>
            <td className="num soft">{impact.accounts > 0 ? formatPercent(1) : '–'}</td>
            <td className="num">{formatDollars(impact.monthlySpendUsd)}</td>
            <td />
          </tr>
        </tbody>
      </table>
      {notOn.length > 0 && <p className="hint">Not on the list: {notOn.join(', ')}.</p>}
      <ul className="cl-guards">
        {failing.map((check) => (
          <li key={check.id} className={check.blocks ? 'bad' : 'warn'}>
            {check.blocks ? (
              <OctagonX className="i" aria-hidden="true" />
            ) : (
              <TriangleAlert className="i" aria-hidden="true" />
            )}
            <span>
              <span className="vh">{check.blocks ? 'Forbids it: ' : 'Warning: '}</span>
              {check.title}. <span className="small soft">{check.note}</span>
            </span>
          </li>
        ))}
        <li className="ok">
          <Check className="i" aria-hidden="true" />
          <span>
            {formatOf(guardrails.length - failing.length, 'guardrail')} passed.{' '}
            <span className="small soft">
              {guardrails
                .filter((check) => check.ok)
                .map((check) => check.title)
                .join('; ')}
            </span>
          </span>
        </li>
      </ul>
      <p className="cl-binds">
        <b>
          {preview.approvalsRequired === 1
            ? 'One other person approves'
            : `${preview.approvalsRequired} other people approve`}
        </b>
        <span className="mute"> exactly this list, </span>
        <span className="mono" title={preview.sha256}>
          sha256 {shortHash(preview.sha256)}
        </span>
      </p>
    </div>
  );
}
