import type { Metadata } from 'next';
import Link from 'next/link';
import { firstOfEach } from '@/app/first-of-each';
import { KeyReview } from '@/components/access/key-review';
import { PeopleReview } from '@/components/access/people-review';
import { RefusalReview } from '@/components/access/refusal-review';
import { RightTable } from '@/components/access/right-table';
import { PageHeader } from '@/components/shell/page-header';
import { formatDay } from '@/components/ui/format';
import { Tabs } from '@/components/ui/tabs';
import { requirePerson } from '@/lib/access/current-person';
import { reviewAccess } from '@/lib/access/review-access';
import { REVIEW_DAYS, reviewFilterSchema } from '@/lib/access/review-schema';
import { may } from '@/lib/access/rules';
import '@/components/access/access.css';

export const metadata: Metadata = { title: 'Access review' };

type Params = Promise<Record<string, string | string[] | undefined>>;

export default async function AccessPage({ searchParams }: { searchParams: Params }) {
  const person = await requirePerson();
  const filter = reviewFilterSchema.parse(firstOfEach(await searchParams));
  const crumbs = [{ label: 'Audit', href: '/audit' }, { label: 'Access review' }];
  if (!may(person, 'audit.export')) {
    return (
      <>
        <PageHeader crumbs={crumbs} />
        <p className="ar-page soft">
          Approvers, administrators and auditors review access. Ask one of them, or read the{' '}
          <Link className="link" href="/audit">
            audit
          </Link>
          .
        </p>
      </>
    );
  }
  const review = await reviewAccess(person, filter);
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        tabs={
          <Tabs
            label="Period"
            items={REVIEW_DAYS.map((days) => ({
              label: `${days} days`,
              href: `/audit/access?days=${days}`,
              current: days === filter.days,
            }))}
          />
        }
      >
        <a className="btn" href={`/api/audit/access?table=people&days=${filter.days}`} download>
          People and rights, CSV
        </a>
        <a className="btn" href={`/api/audit/access?table=actions&days=${filter.days}`} download>
          Who did what, CSV
        </a>
      </PageHeader>
      <div className="ar-page">
        <p className="soft">
          Who may do what now, and who did from {formatDay(review.from)} to {formatDay(review.to)}, as the
          audit has it. Reading is written down only where it showed something sensitive.
        </p>
        <PeopleReview
          people={review.people}
          machines={review.machines}
          days={review.days}
          from={review.from}
        />
        <RightTable rights={review.rights} days={review.days} />
        <RefusalReview refusals={review.refusals} from={review.from} />
        <KeyReview keys={review.keys} />
      </div>
    </>
  );
}
