import type { Metadata } from 'next';
import { firstOfEach } from '@/app/first-of-each';
import { AuditView } from '@/components/audit/audit-view';
import { VerificationRail } from '@/components/audit/verification-rail';
import { requirePerson } from '@/lib/access/current-person';
import type { Person } from '@/lib/access/schema';
import { countAudit } from '@/lib/audit/count-audit';
import { type AuditFilter, auditFilterSchema } from '@/lib/audit/filter-schema';
import { getVerification } from '@/lib/audit/get-verification';
import { listAudit } from '@/lib/audit/list-audit';
import { verifyAuditAction } from './actions';

export const metadata: Metadata = { title: 'Audit' };

type Params = Promise<Record<string, string | string[] | undefined>>;

export default async function AuditPage({ searchParams }: { searchParams: Params }) {
  const person = await requirePerson();
  const params = firstOfEach(await searchParams);
  const filter = auditFilterSchema.parse(params);
  const opened = /^\d{1,15}$/.test(params.entry ?? '') ? Number(params.entry) : null;
  const [read, counts, log] = await Promise.all([
    readPage(person, filter, opened),
    countAudit(person, filter),
    getVerification(person),
  ]);
  return (
    <AuditView
      {...read}
      counts={counts}
      opened={opened}
      rail={<VerificationRail initial={log} verify={verifyAuditAction} />}
    />
  );
}

/** The list's first page, or the one that begins with the entry that the address names. */
async function readPage(person: Person, filter: AuditFilter, opened: number | null) {
  const page = await listAudit(person, filter);
  if (opened === null || filter.cursor !== undefined || page.rows.some((row) => row.id === opened))
    return { page, filter };
  const cursor = filter.order === 'newest' ? opened + 1 : opened - 1;
  const there = { ...filter, cursor: cursor > 0 ? cursor : undefined };
  return { page: await listAudit(person, there), filter: there };
}
