import type { Route } from 'next';
import Link from 'next/link';
import { plainLines } from '@/components/enforcement/plain-lines';
import { itemWord } from '@/components/enforcement/words';
import { Ago } from '@/components/ui/ago';
import { showInvisible } from '@/components/ui/format';
import type { AccountDetail, AccountEnforcement } from '@/lib/clusters/account-schema';
import { ACCOUNT_STATUS_LABELS } from './account-status';

const ACTION_LABELS: Record<AccountEnforcement['action'], string> = {
  ban: 'Ban',
  throttle: 'Throttle',
  require_verification: 'Require verification',
  countermeasure: 'Countermeasure',
  restore: 'Restore',
};

/** Every action that named the account, newest first. */
export function EnforcementPanel({
  rows,
  restoreHref,
}: {
  rows: AccountDetail['enforcement'];
  /** Where taking back what was done last is proposed; null for who may not. */
  restoreHref: Route | null;
}) {
  const acted = rows.some((row) => row.state === 'done' && row.action !== 'restore');
  return (
    <section className="panel" aria-labelledby="enforcement-title">
      <header>
        <h2 id="enforcement-title">Enforcement</h2>
        {restoreHref && acted && (
          <>
            <span className="push" />
            <Link className="btn" href={restoreHref} prefetch={false}>
              Restore…
            </Link>
          </>
        )}
      </header>
      {rows.length === 0 ? (
        <p className="body soft">No proposal ever named this account.</p>
      ) : (
        <table className="grid rows-32 plain a-enforcement">
          <thead>
            <tr>
              <th scope="col">Proposal</th>
              <th scope="col">This account</th>
              <th scope="col">Before</th>
              <th scope="col">What happened</th>
              <th scope="col" className="num">
                When
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.proposalId}>
                <td>
                  <span className="a-line">
                    <Link className="a-link" href={`/approvals/${row.proposalId}`}>
                      {ACTION_LABELS[row.action]}
                    </Link>
                    <span className="mute small">
                      P-{row.proposalId}, {row.proposalStatus}
                    </span>
                  </span>
                </td>
                <td>{itemWord(row.state, row.action)}</td>
                <td className="soft">
                  {row.previousStatus ? ACCOUNT_STATUS_LABELS[row.previousStatus] : '–'}
                </td>
                <td className="soft a-clip" title={row.outcome ?? undefined}>
                  {row.outcome === null ? '–' : showInvisible(row.outcome)}
                </td>
                <td className="num soft">
                  <Ago at={row.doneAt ?? row.proposedAt} ago />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** What the owner wrote against an action. */
export function AppealPanel({ rows, sensitive }: { rows: AccountDetail['appeals']; sensitive: boolean }) {
  if (rows.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="appeals-title">
      <header>
        <h2 id="appeals-title">Appeals</h2>
        <span className="small mute">as the provider passed them on</span>
      </header>
      <ul className="a-appeals">
        {rows.map((row) => (
          <li key={row.id}>
            <span className="small mute">
              <Ago at={row.receivedAt} ago />
            </span>
            {row.text === null ? (
              <p className="mute">{sensitive ? 'Without words.' : 'Your role does not see its words.'}</p>
            ) : (
              <p className="a-text" dir="auto">
                {plainLines(row.text)}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
