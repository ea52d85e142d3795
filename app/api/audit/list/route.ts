import { respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { auditFilterSchema } from '@/lib/audit/filter-schema';
import { listAudit } from '@/lib/audit/list-audit';

/** A page of the audit, for the list that goes on while it is scrolled: the page's own filters, with `cursor`. */
export function GET(request: Request): Promise<Response> {
  return respond('audit list', async () => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    return listAudit(await requirePersonOrThrow(), auditFilterSchema.parse(query));
  });
}
