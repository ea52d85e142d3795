import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { listPrompts } from '@/lib/clusters/list-prompts';

/** The templates of a cluster's prompts; ?exemplars=1 with the redacted prompts kept of each, which is written down. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('cluster prompts', async () => {
    const person = await requirePersonOrThrow();
    const exemplars = new URL(request.url).searchParams.get('exemplars') === '1';
    return listPrompts(person, pathId((await params).id), { exemplars });
  });
}
