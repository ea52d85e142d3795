import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { notePresence } from '@/lib/clusters/presence/note-presence';
import { readPulse } from '@/lib/clusters/presence/read-pulse';

/** Who looks now, asked from the queue's preview, which is no open page. */
export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('cluster presence', async () =>
    readPulse(await requirePersonOrThrow(), pathId((await params).id)),
  );
}

/** An open page says so, and hears who else looks and whether something changed. */
export function POST(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond('cluster presence', async () =>
    notePresence(await requirePersonOrThrow(), pathId((await params).id)),
  );
}
