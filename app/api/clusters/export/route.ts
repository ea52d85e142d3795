import { respond } from '@/app/api/respond';
import { streamFile } from '@/app/api/stream-file';
import { isStillSignedIn, requirePersonOrThrow } from '@/lib/access/current-person';
import { exportFormatSchema } from '@/lib/audit/export-schema';
import { exportQueue } from '@/lib/clusters/export-queue';
import { readFilter } from '@/lib/clusters/queue-filter';
import { tickedSchema } from '@/lib/clusters/queue-schema';

const TYPES = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson; charset=utf-8' } as const;

/** The queue as a file under the list's own filters and order: `?format=csv` or `ndjson`. */
export async function GET(request: Request): Promise<Response> {
  return sendFile(request, async () => undefined);
}

/** The same of the ticked rows alone: a form with `ticked=12,3,7`, which would be too long for an address. */
export async function POST(request: Request): Promise<Response> {
  return sendFile(request, async () => {
    const form = await request.formData().catch(() => null);
    return tickedSchema.parse(form?.get('ticked'));
  });
}

async function sendFile(
  request: Request,
  readTicked: () => Promise<number[] | undefined>,
): Promise<Response> {
  let file: Response | undefined;
  const answer = await respond('queue export', async () => {
    const query = new URL(request.url).searchParams;
    const format = exportFormatSchema.parse(query.get('format') ?? 'ndjson');
    const person = await requirePersonOrThrow();
    const ticked = await readTicked();
    const name = `weir-clusters-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.${format}`;
    const chunks = exportQueue(person, readFilter(query).filter, format, ticked);
    file = await streamFile(chunks, { type: TYPES[format], name }, () => isStillSignedIn(person));
    return null;
  });
  return file ?? answer;
}
