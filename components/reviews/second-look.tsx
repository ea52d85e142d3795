import Link from 'next/link';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatOf } from '@/components/ui/format';
import type { ReviewRow } from '@/lib/clusters/review-schema';
import type { WrongEstimate } from '@/lib/enforcement/weigh-schema';
import { controlWords, kappaWords, shareWords } from './review-words';

interface Estimate {
  calibrated: WrongEstimate;
  corrected: WrongEstimate;
  accounts: number;
}

/** What a second analyst found in a sample, and how many innocents the cluster is expected to hold with and without it. */
export function SecondLook({
  confirmed,
  reviews,
  estimate,
}: {
  /** Whether the cluster is confirmed now: a sample falls with the confirmation that it is about. */
  confirmed: boolean;
  reviews: ReviewRow[];
  estimate: Estimate;
}) {
  const finished = reviews.find((review) => review.agreement !== null);
  const latest = confirmed ? reviews[0] : undefined;
  const { calibrated, corrected, accounts } = estimate;
  return (
    <>
      {finished?.agreement && (
        <p className="small">
          <Link className="link" href={`/reviews/${finished.id}`}>
            <b>{shareWords(finished.agreement)}</b>
          </Link>
          <br />
          <span className="soft">
            {[kappaWords(finished.agreement), controlWords(finished.agreement)].filter(Boolean).join('; ')}.{' '}
            {finished.reviewer?.name}, <Ago at={finished.finishedAt} ago />.
          </span>
        </p>
      )}
      {latest && latest.agreement === null && (
        <p className="small">
          <Link className="link" href={`/reviews/${latest.id}`}>
            A sample of {formatOf(latest.size, 'account')}
          </Link>{' '}
          <span className="soft">
            {latest.reviewer
              ? `is with ${latest.reviewer.name}, ${formatCount(latest.judged)} judged.`
              : 'waits for somebody who did not confirm the cluster.'}
          </span>
        </p>
      )}
      {!latest && !finished && <p className="small mute">A sample is drawn when the cluster is confirmed.</p>}
      {accounts > 0 && (
        <dl className="rv-estimate small">
          <dt className="soft">Innocents expected</dt>
          <dd>
            <b>{range(corrected)}</b> <span className="mute">of {formatCount(accounts)}</span>
          </dd>
          {(corrected.reviewed ?? 0) > 0 && (
            <>
              <dt className="soft">before the review</dt>
              <dd className="soft">{range(calibrated)}</dd>
            </>
          )}
          <dd className="mute rv-basis">
            Calibrated on {calibrated.basis}
            {(corrected.reviewed ?? 0) > 0 &&
              `, corrected by ${formatOf(corrected.reviewed ?? 0, 'verdict')}`}
            .
          </dd>
        </dl>
      )}
    </>
  );
}

/** "3.6, 0 to 12": with the range that holds the truth in 90 of 100. */
function range({ expected, low, high }: WrongEstimate): string {
  const round = (x: number) => (x < 10 ? x.toFixed(1) : formatCount(Math.round(x)));
  return `${round(expected)}, ${formatCount(Math.floor(low))} to ${formatCount(Math.ceil(high))}`;
}
