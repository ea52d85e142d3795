import { respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { searchDesk } from '@/lib/clusters/search-desk';
import { searchSchema } from '@/lib/clusters/search-schema';

/** What a word finds: ?q= and ?in=names or values. */
export function GET(request: Request): Promise<Response> {
  return respond('search', async () => {
    const person = await requirePersonOrThrow();
    return searchDesk(person, searchSchema.parse(Object.fromEntries(new URL(request.url).searchParams)));
  });
}
