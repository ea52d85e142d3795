import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { listMembers } from '@/lib/clusters/list-members';
import { readMemberFilter } from '@/lib/clusters/member-filter';

/** A page of a cluster's accounts: ?role= ?q= ?sort= ?dir= ?offset= ?limit= */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('cluster accounts', async () => {
    const person = await requirePersonOrThrow();
    const filter = readMemberFilter(new URL(request.url).searchParams);
    return listMembers(person, pathId((await params).id), filter);
  });
}
