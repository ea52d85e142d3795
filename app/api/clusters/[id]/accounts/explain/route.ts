import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { explainMember } from '@/lib/clusters/explain-member';

/** Why one account is in the cluster: ?account= */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('explain account', async () => {
    const person = await requirePersonOrThrow();
    const account = new URL(request.url).searchParams.get('account') ?? '';
    return explainMember(person, pathId((await params).id), account);
  });
}
