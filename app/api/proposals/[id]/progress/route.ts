import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { getProgress } from '@/lib/enforcement/get-progress';

/** How far an execution is; polled by its page. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return respond('proposal progress', async () =>
    getProgress(await requirePersonOrThrow(), pathId((await params).id)),
  );
}
