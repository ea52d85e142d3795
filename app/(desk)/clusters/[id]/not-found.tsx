import Link from 'next/link';
import { Failure } from '@/components/shell/failure';
import { PageHeader } from '@/components/shell/page-header';

export default function ClusterNotFound() {
  return (
    <>
      <PageHeader crumbs={[{ label: 'Clusters', href: '/clusters' }, { label: 'Not found' }]} />
      <Failure
        title="There is no cluster with this number"
        actions={
          <>
            <Link className="btn primary" href="/clusters">
              Go to the clusters
            </Link>
            <Link className="btn" href="/clusters?status=dismissed">
              Look among the dismissed
            </Link>
          </>
        }
      >
        <p>
          The link may be cut or come from another deployment: clusters are never deleted, and keep their
          number.
        </p>
        <p>Look for its name, or for one of its accounts, with ⌘K.</p>
      </Failure>
    </>
  );
}
