import { pathEntry, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { auditFilterSchema } from '@/lib/audit/filter-schema';
import { listFold } from '@/lib/audit/list-audit';

/** The batches that one line of the list stands for, under the same filters. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('audit batches', async () => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const head = pathEntry((await params).id);
    return listFold(await requirePersonOrThrow(), auditFilterSchema.parse(query), head);
  });
}
