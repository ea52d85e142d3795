import { Ago } from '@/components/ui/ago';
import { formatCount, formatOf } from '@/components/ui/format';
import type { ReviewDetail } from '@/lib/clusters/review-schema';
import { controlWords, kappaWords, shareWords } from './review-words';

/** What a finished review found; before that, what is asked and what is kept from the reviewer. */
export function ReviewOutcome({ review }: { review: ReviewDetail }) {
  const { agreement, reviewer, finishedAt, items, population } = review;
  if (!agreement) {
    return (
      <p className="rv-told small soft">
        {formatOf(items.length, 'account')} in random order: most are of the {formatCount(population)}{' '}
        members, a few are not. How strongly detection holds them, and why the cluster was confirmed, is not
        shown here.
      </p>
    );
  }
  const controls = controlWords(agreement);
  return (
    <p className="rv-told">
      <b>{shareWords(agreement)}</b>
      <span className="soft">{kappaWords(agreement)}</span>
      {controls && <span className="soft">{controls}</span>}
      <span className="mute">
        {reviewer?.name}, <Ago at={finishedAt} ago />
      </span>
    </p>
  );
}
