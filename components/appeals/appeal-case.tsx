import Link from 'next/link';
import { ACCOUNT_STATUS_LABELS } from '@/components/accounts/account-status';
import { KindIcon, kindLabel } from '@/components/clusters/kind-icon';
import { plainLines } from '@/components/enforcement/plain-lines';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatExpected, formatPoints, showInvisible } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { AppealDetail } from '@/lib/enforcement/appeal-schema';
import { REASON_LABELS } from '@/lib/enforcement/notice-schema';
import { actWords } from './words';

/** The act that the appeal is against: why it was done, who had a part, and what held this account. */
export function AppealCase({ appeal }: { appeal: AppealDetail }) {
  const { act, case: past } = appeal;
  if (!act || !past) {
    return (
      <section className="panel" aria-labelledby="case-title">
        <header>
          <h2 id="case-title">Against what</h2>
        </header>
        <p className="body soft">
          No act of Weir’s reached this account before the appeal came in: whatever its owner means was done
          by the provider itself or before. It can be upheld with a reason; there is nothing to take back.
        </p>
      </section>
    );
  }
  const said = past.answers.map(
    ({ person, verdict }) =>
      `${showInvisible(person.name)} ${verdict === 'approve' ? 'approved' : 'rejected'}`,
  );
  return (
    <section className="panel" aria-labelledby="case-title">
      <header>
        <h2 id="case-title">Against what</h2>
        <Link className="a-link" href={`/approvals/${act.proposalId}`}>
          {actWords(act)}
        </Link>
        {act.cluster && (
          <span className="small mute">
            of{' '}
            <Link className="a-link" href={`/clusters/${act.cluster.id}`}>
              <RawText>{act.cluster.name}</RawText>
            </Link>
          </span>
        )}
        <span className="push small mute">
          reached the account <Ago at={act.at} ago />
        </span>
      </header>
      <dl className="body p-kv ap-case">
        <div>
          <dt>Why</dt>
          <dd className="p-said-text">
            {past.reasonCode && <b>{REASON_LABELS[past.reasonCode]}. </b>}
            {plainLines(past.reason)}
          </dd>
        </div>
        <div>
          <dt>Had a part</dt>
          <dd>
            {showInvisible(past.proposedBy.name)} proposed
            {past.confirmedBy.length > 0 &&
              `, ${past.confirmedBy.map((each) => showInvisible(each.name)).join(', ')} confirmed the cluster`}
            {said.length > 0 && `, ${said.join(', ')}`}. None of them decides this.
          </dd>
        </div>
        <div>
          <dt>State</dt>
          <dd>
            {past.previousState ? ACCOUNT_STATUS_LABELS[past.previousState].toLowerCase() : 'unknown'} before,{' '}
            {ACCOUNT_STATUS_LABELS[appeal.account.state].toLowerCase()} now
            {past.outcome && <span className="mute"> · {showInvisible(past.outcome)}</span>}
          </dd>
        </div>
      </dl>
      <Evidence appeal={appeal} />
    </section>
  );
}

function Evidence({ appeal }: { appeal: AppealDetail }) {
  const { act, case: past } = appeal;
  if (!act || !past) return null;
  return (
    <>
      <table className="grid rows-28 plain p-evidence ap-evidence">
        <caption className="vh">What held this account, as it was when the list was frozen</caption>
        <thead>
          <tr>
            <th scope="col">Held this account by</th>
            <th scope="col" className="num">
              Members
            </th>
            <th scope="col" className="num">
              Population
            </th>
            <th scope="col" className="num">
              Expected
            </th>
            <th scope="col" className="num">
              Points
            </th>
          </tr>
        </thead>
        <tbody>
          {past.evidence.map((row) => (
            <tr key={row.kind}>
              <td>
                <span className="p-kind">
                  <KindIcon kind={row.kind} />
                  <span className="clip">{kindLabel(row.kind)}</span>
                </span>
              </td>
              <td className="num">
                <b>{formatCount(row.members)}</b>
              </td>
              <td className="num soft">{formatCount(row.population)}</td>
              <td className="num soft">{formatExpected(row.expected)}</td>
              <td className="num">{formatPoints(row.points)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="body small soft ap-against">
        Held with strength <b className="num">{act.strength.toFixed(2)}</b> of 1
        {past.evidence.length === 1 && '; one kind alone, which one shared thing explains'}
        {past.evidence.length === 0 && '; which kinds was not kept with the list'}.
        {past.missing.length > 0 &&
          ` Against it: not held by the cluster’s ${past.missing.map((kind) => kindLabel(kind).toLowerCase()).join(', ')}.`}
      </p>
    </>
  );
}
