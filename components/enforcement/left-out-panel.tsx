import Link from 'next/link';
import { accountPath } from '@/components/accounts/account-path';
import { formatCount } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { LeftOut, LeftWhy, ProposalPreview } from '@/lib/enforcement/propose-schema';

const WHY: Record<LeftWhy, string> = {
  weak: 'linked too weakly',
  already: 'in this state or a stricter one already',
  excluded: 'left out by you',
  held: 'on the never-ban list or under legal hold',
  unconfirmed: 'in no confirmed cluster, as a ban needs it',
};

/** Who is not on the list although the source holds them, and why: nobody goes missing in silence. */
export function LeftOutPanel({
  leftOut,
  accounts,
}: {
  leftOut: LeftOut;
  accounts: ProposalPreview['leftAccounts'];
}) {
  const found = (Object.keys(WHY) as LeftWhy[]).filter((why) => leftOut[why] > 0);
  if (found.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="left-title">
      <header>
        <h2 id="left-title">Not on the list</h2>
      </header>
      <div className="p-report">
        {found.map((why) => {
          const named = accounts.filter((account) => account.why === why);
          return (
            <details key={why}>
              <summary>
                <b className="num">{formatCount(leftOut[why])}</b> {WHY[why]}
              </summary>
              <ul>
                {named.map(({ accountId }) => (
                  <li key={accountId}>
                    <Link
                      className="mono p-account"
                      href={accountPath(accountId)}
                      prefetch={false}
                      target="_blank"
                    >
                      <RawText>{accountId}</RawText>
                    </Link>
                  </li>
                ))}
              </ul>
              {named.length < leftOut[why] && named.length > 0 && (
                <p className="small mute">and {formatCount(leftOut[why] - named.length)} more</p>
              )}
            </details>
          );
        })}
      </div>
    </section>
  );
}
