import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { IngestView } from '@/components/ingest/ingest-view';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import { getIngestReport } from '@/lib/ingest/get-ingest-report';
import { getRetention } from '@/lib/ingest/get-retention';
import '@/components/ingest/ingest.css';

export const metadata: Metadata = { title: 'Ingest' };

export default async function IngestPage() {
  const person = await requirePerson();
  const [report, retention, head] = await Promise.all([
    getIngestReport(person),
    getRetention(person),
    headers(),
  ]);
  return (
    <>
      <PageHeader title="Ingest" />
      <IngestView
        report={report}
        retention={retention}
        origin={originOf(head)}
        manages={may(person, 'key.manage')}
      />
    </>
  );
}

/** How the reader's browser reached this desk. */
function originOf(head: Headers): string {
  const host = head.get('x-forwarded-host') ?? head.get('host') ?? 'localhost';
  return `${head.get('x-forwarded-proto') ?? 'http'}://${host}`;
}
