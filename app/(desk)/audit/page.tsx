import type { Metadata } from 'next';
import { firstOfEach } from '@/app/first-of-each';
import { AuditView } from '@/components/audit/audit-view';
import { requirePerson } from '@/lib/access/current-person';
import { listAudit } from '@/lib/audit/list-audit';
import { auditFilterSchema } from '@/lib/audit/schema';

export const metadata: Metadata = { title: 'Audit' };

type Params = Promise<Record<string, string | string[] | undefined>>;

export default async function AuditPage({ searchParams }: { searchParams: Params }) {
  const person = await requirePerson();
  const params = firstOfEach(await searchParams);
  const filter = auditFilterSchema.parse(params);
  const page = await listAudit(person, filter);
  const opened = /^\d{1,15}$/.test(params.entry ?? '') ? Number(params.entry) : null;
  return <AuditView page={page} filter={filter} opened={opened} />;
}
