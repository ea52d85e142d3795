import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { getHandoff } from '@/lib/clusters/get-handoff';

/** Who of a cluster is active when. */
export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('cluster handoff', async () => {
    const person = await requirePersonOrThrow();
    return getHandoff(person, pathId((await params).id));
  });
}
