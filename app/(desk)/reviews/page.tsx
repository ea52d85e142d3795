import type { Metadata } from 'next';
import { firstOfEach } from '@/app/first-of-each';
import { ReviewTable } from '@/components/reviews/review-table';
import { PageHeader } from '@/components/shell/page-header';
import { formatCount } from '@/components/ui/format';
import { Tabs } from '@/components/ui/tabs';
import { requirePerson } from '@/lib/access/current-person';
import { listReviews } from '@/lib/clusters/review/list-reviews';
import { type ReviewView, reviewFilterSchema } from '@/lib/clusters/review-schema';
import '@/components/enforcement/enforcement.css';
import '@/components/reviews/reviews.css';

export const metadata: Metadata = { title: 'Reviews' };

const TABS: readonly { view: ReviewView; label: string; none: string }[] = [
  { view: 'open', label: 'Open', none: 'No sample waits for a second pair of eyes.' },
  { view: 'mine', label: 'Yours', none: 'You have taken up none.' },
  { view: 'done', label: 'Finished', none: 'None is finished yet.' },
];

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ReviewsPage({ searchParams }: Props) {
  const person = await requirePerson();
  const { view } = reviewFilterSchema.parse(firstOfEach(await searchParams));
  const { rows, counts } = await listReviews(person, view);
  const tabs = TABS.map((tab) => ({
    label: tab.label,
    href: tab.view === 'open' ? '/reviews' : `/reviews?view=${tab.view}`,
    count: formatCount(counts[tab.view]),
    current: tab.view === view,
  }));
  return (
    <>
      <PageHeader title="Reviews" fit tabs={<Tabs label="Views" items={tabs} />} />
      <div className="p-scroll">
        {rows.length > 0 ? (
          <ReviewTable rows={rows} />
        ) : (
          <div className="p-nothing">
            <p className="strong">{TABS.find((tab) => tab.view === view)?.none}</p>
            <p className="soft">
              When a cluster is confirmed, twenty of its accounts are drawn at random, with a few that are not
              in it. Somebody who did not confirm it judges them one by one; what they find corrects the
              number of wrong bans that a proposal expects.
            </p>
          </div>
        )}
      </div>
    </>
  );
}
