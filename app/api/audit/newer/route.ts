import { respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { countNewer } from '@/lib/audit/count-audit';
import { auditFilterSchema } from '@/lib/audit/filter-schema';

/** How many entries have come after `?cursor=`, which the list holds back until its reader asks for them. */
export function GET(request: Request): Promise<Response> {
  return respond('audit newer', async () => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const { cursor = 0, ...filter } = auditFilterSchema.parse(query);
    return { entries: await countNewer(await requirePersonOrThrow(), filter, cursor) };
  });
}
