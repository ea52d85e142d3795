import { respond } from '@/app/api/respond';
import { streamFile } from '@/app/api/stream-file';
import { isStillSignedIn, requirePersonOrThrow } from '@/lib/access/current-person';
import { exportFormatSchema } from '@/lib/audit/export-schema';
import { exportQueue } from '@/lib/clusters/export-queue';
import { readFilter } from '@/lib/clusters/queue-schema';

const TYPES = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson; charset=utf-8' } as const;

/** The queue as a file under the list's own filters and order: `?format=csv` or `ndjson`. */
export async function GET(request: Request): Promise<Response> {
  let file: Response | undefined;
  const answer = await respond('queue export', async () => {
    const query = new URL(request.url).searchParams;
    const format = exportFormatSchema.parse(query.get('format') ?? 'ndjson');
    const person = await requirePersonOrThrow();
    const name = `weir-clusters-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.${format}`;
    const chunks = exportQueue(person, readFilter(query).filter, format);
    file = await streamFile(chunks, { type: TYPES[format], name }, () => isStillSignedIn(person));
    return null;
  });
  return file ?? answer;
}
