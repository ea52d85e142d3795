import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { getTimeline } from '@/lib/clusters/get-timeline';

/** A cluster's traffic by hour and pattern class. */
export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('cluster timeline', async () => {
    const person = await requirePersonOrThrow();
    return getTimeline(person, pathId((await params).id));
  });
}
