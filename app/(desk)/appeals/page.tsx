import type { Metadata } from 'next';
import Link from 'next/link';
import { AppealTable } from '@/components/appeals/appeal-table';
import { PageHeader } from '@/components/shell/page-header';
import { formatCount } from '@/components/ui/format';
import { Tabs } from '@/components/ui/tabs';
import { requirePerson } from '@/lib/access/current-person';
import {
  APPEAL_PAGE,
  type AppealFilter,
  type AppealView,
  appealFilterSchema,
} from '@/lib/enforcement/appeal-schema';
import { listAppeals } from '@/lib/enforcement/list-appeals';
import '@/components/enforcement/enforcement.css';
import '@/components/appeals/appeals.css';

export const metadata: Metadata = { title: 'Appeals' };

const TABS: readonly { view: AppealView; label: string; none: string }[] = [
  { view: 'open', label: 'Open', none: 'No appeal against an act of ours is open.' },
  { view: 'mine', label: 'Yours', none: 'You have taken up none.' },
  { view: 'decided', label: 'Decided', none: 'None is decided yet.' },
  { view: 'other', label: 'Not against us', none: 'Every appeal is against an act of ours.' },
];

const href = (view: AppealView, page = 1) => {
  const query = new URLSearchParams();
  if (view !== 'open') query.set('view', view);
  if (page > 1) query.set('page', String(page));
  return query.size === 0 ? '/appeals' : `/appeals?${query}`;
};

export default async function AppealsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[]>>;
}) {
  const person = await requirePerson();
  const filter = appealFilterSchema.parse(await searchParams);
  const { rows, total, counts } = await listAppeals(person, filter);
  const tabs = TABS.map(({ view, label }) => ({
    label,
    href: href(view),
    count: formatCount(counts[view]),
    current: view === filter.view,
  }));
  return (
    <>
      <PageHeader title="Appeals" fit tabs={<Tabs label="Views" items={tabs} />} />
      <div className="p-scroll">
        {rows.length > 0 ? (
          <>
            <AppealTable rows={rows} />
            <Pages filter={filter} total={total} />
          </>
        ) : (
          <div className="p-nothing">
            <p className="strong">{TABS.find((tab) => tab.view === filter.view)?.none}</p>
            <p className="soft">
              Appeals come in as records, from the provider that passes owners’ words on. Somebody who had no
              part in the act decides each of them.
            </p>
          </div>
        )}
      </div>
    </>
  );
}

function Pages({ filter: { view, page }, total }: { filter: AppealFilter; total: number }) {
  const pages = Math.ceil(total / APPEAL_PAGE);
  if (pages <= 1) return null;
  return (
    <p className="p-more small">
      <span className="mute">
        Page {formatCount(page)} of {formatCount(pages)}
      </span>
      <span>
        {page > 1 && (
          <Link className="btn ghost" href={href(view, page - 1)}>
            Before
          </Link>
        )}
        {page < pages && (
          <Link className="btn ghost" href={href(view, page + 1)}>
            Next
          </Link>
        )}
      </span>
    </p>
  );
}
