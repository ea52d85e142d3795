import { pathEntry, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { getAuditEntry } from '@/lib/audit/get-audit-entry';

/** One entry with all that it holds. */
export function GET(_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('audit entry', async () =>
    getAuditEntry(await requirePersonOrThrow(), pathEntry((await params).id)),
  );
}
