import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { selectMembers } from '@/lib/clusters/list-members';
import { readMemberFilter } from '@/lib/clusters/member-filter';

/** All accounts that the list's filters leave and that may be acted on. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('select accounts', async () => {
    const person = await requirePersonOrThrow();
    const filter = readMemberFilter(new URL(request.url).searchParams);
    return selectMembers(person, pathId((await params).id), filter);
  });
}
