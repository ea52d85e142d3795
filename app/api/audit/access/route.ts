import { respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { exportReview } from '@/lib/access/export-review';
import { reviewFilterSchema } from '@/lib/access/review-schema';

/** The access review as CSV: `?table=people` (the default) or `actions`, `?days=90`. */
export async function GET(request: Request): Promise<Response> {
  let csv: string | undefined;
  const query = new URL(request.url).searchParams;
  const table = query.get('table') === 'actions' ? 'actions' : 'people';
  const answer = await respond('access review', async () => {
    const filter = reviewFilterSchema.parse(Object.fromEntries(query));
    csv = await exportReview(await requirePersonOrThrow(), filter, table);
    return null;
  });
  if (csv === undefined) return answer;
  const day = new Date().toISOString().slice(0, 10);
  return new Response(csv, {
    headers: {
      'cache-control': 'no-store',
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="weir-access-${table}-${day}.csv"`,
    },
  });
}
