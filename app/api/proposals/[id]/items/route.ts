import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { listItems } from '@/lib/enforcement/list-items';
import { itemFilterSchema } from '@/lib/enforcement/schema';

/** Accounts of a proposal with what became of them, newest first: ?state=dead&offset=100 */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return respond('proposal items', async () => {
    const person = await requirePersonOrThrow();
    const filter = itemFilterSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
    return listItems(person, pathId((await params).id), filter);
  });
}
