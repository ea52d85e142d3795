import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { notePresence } from '@/lib/clusters/presence/note-presence';

/** An open page says so, and hears who else looks and whether something changed. */
export function POST(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('cluster presence', async () =>
    notePresence(await requirePersonOrThrow(), pathId((await params).id)),
  );
}
