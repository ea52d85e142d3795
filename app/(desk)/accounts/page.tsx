import type { Metadata } from 'next';
import Link from 'next/link';
import { AccountFilters } from '@/components/accounts/account-filters';
import { AccountTable } from '@/components/accounts/account-table';
import { PageHeader } from '@/components/shell/page-header';
import { formatCount } from '@/components/ui/format';
import { requirePerson } from '@/lib/access/current-person';
import {
  ACCOUNT_PAGE,
  ACCOUNT_SORTS,
  type AccountFilter,
  type AccountPage,
  type AccountSort,
  accountFilterSchema,
} from '@/lib/clusters/account-schema';
import { listAccounts } from '@/lib/clusters/list-accounts';
import '@/components/accounts/accounts.css';

export const metadata: Metadata = { title: 'Accounts' };

export default async function AccountsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[]>>;
}) {
  const person = await requirePerson();
  const filter = accountFilterSchema.parse(await searchParams);
  const page = await listAccounts(person, filter);
  const sortHrefs = Object.fromEntries(
    ACCOUNT_SORTS.map((sort) => [
      sort,
      address({ ...filter, page: 1, sort, dir: nextDirection(filter, sort) }),
    ]),
  ) as Record<AccountSort, string>;
  return (
    <>
      <PageHeader title="Accounts" fit />
      <AccountFilters filter={filter} total={page.total} all={page.all} />
      <div className="a-scroll">
        {page.rows.length > 0 ? (
          <AccountTable rows={page.rows} filter={filter} sortHrefs={sortHrefs} />
        ) : (
          <Nothing filter={filter} page={page} />
        )}
      </div>
      {page.total > ACCOUNT_PAGE && <Pager filter={filter} total={page.total} />}
    </>
  );
}

/** The list's address with these filters; what is the default is left out. */
function address(filter: AccountFilter): string {
  const params = new URLSearchParams();
  if (filter.q) params.set('q', filter.q);
  if (filter.status) params.set('status', filter.status);
  if (filter.cluster) params.set('cluster', filter.cluster);
  if (filter.sort !== 'exchanges') params.set('sort', filter.sort);
  if (filter.dir !== 'desc') params.set('dir', filter.dir);
  if (filter.page > 1) params.set('page', String(filter.page));
  const query = params.toString();
  return query ? `/accounts?${query}` : '/accounts';
}

function nextDirection(filter: AccountFilter, sort: AccountSort): 'asc' | 'desc' {
  if (filter.sort === sort) return filter.dir === 'asc' ? 'desc' : 'asc';
  return sort === 'id' ? 'asc' : 'desc';
}

function Pager({ filter, total }: { filter: AccountFilter; total: number }) {
  const from = (filter.page - 1) * ACCOUNT_PAGE;
  const to = Math.min(total, from + ACCOUNT_PAGE);
  return (
    <nav className="a-pager" aria-label="Pages">
      <span className="small soft num">
        {formatCount(Math.min(from + 1, total))} to {formatCount(to)} of {formatCount(total)}
      </span>
      <span className="push" />
      {filter.page > 1 && (
        <Link className="btn" href={address({ ...filter, page: filter.page - 1 })}>
          Previous
        </Link>
      )}
      {to < total && (
        <Link className="btn" href={address({ ...filter, page: filter.page + 1 })}>
          Next
        </Link>
      )}
    </nav>
  );
}

function Nothing({ filter, page }: { filter: AccountFilter; page: AccountPage }) {
  if (page.all === 0) {
    return (
      <div className="a-nothing">
        <p className="strong">No account is known yet.</p>
        <p className="soft">
          Accounts appear with the first records.{' '}
          <Link className="link" href="/ingest">
            How to send records
          </Link>
        </p>
      </div>
    );
  }
  if (page.total > 0) {
    return (
      <div className="a-nothing">
        <p className="strong">The list ends before this page.</p>
        <p className="soft">
          <Link className="link" href={address({ ...filter, page: 1 })}>
            Go to the first page
          </Link>
        </p>
      </div>
    );
  }
  return (
    <div className="a-nothing">
      <p className="strong">No account matches.</p>
      <p className="soft">
        <Link className="link" href="/accounts">
          Remove all filters to see {formatCount(page.all)}
        </Link>
      </p>
    </div>
  );
}
