import { respond } from '@/app/api/respond';
import { streamFile } from '@/app/api/stream-file';
import { isStillSignedIn, requirePersonOrThrow } from '@/lib/access/current-person';
import { exportAudit } from '@/lib/audit/export-audit';
import { exportFormatSchema } from '@/lib/audit/export-schema';
import { auditFilterSchema } from '@/lib/audit/filter-schema';

const TYPES = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson; charset=utf-8' } as const;

/** The audit as a file under the page's own filters: `?format=csv` or `ndjson`. */
export async function GET(request: Request): Promise<Response> {
  let file: Response | undefined;
  const answer = await respond('audit export', async () => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const format = exportFormatSchema.parse(query.format ?? 'ndjson');
    const person = await requirePersonOrThrow();
    const name = `weir-audit-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.${format}`;
    const chunks = exportAudit(person, auditFilterSchema.parse(query), format);
    file = await streamFile(chunks, { type: TYPES[format], name }, () => isStillSignedIn(person));
    return null;
  });
  return file ?? answer;
}
