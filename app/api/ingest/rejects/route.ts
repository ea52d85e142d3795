import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { listRejects } from '@/lib/ingest/list-rejects';

/** Lines that were not taken, as NDJSON to keep: of `?run=7`, or of the newest runs. */
export async function GET(request: Request): Promise<Response> {
  let lines = '';
  const answer = await respond('ingest rejects', async () => {
    const person = await requirePersonOrThrow();
    const run = new URL(request.url).searchParams.get('run');
    const rejects = await listRejects(person, run === null ? undefined : pathId(run));
    lines = rejects
      .map(({ runId, source, line, reason }) => `${JSON.stringify({ run: runId, source, line, reason })}\n`)
      .join('');
    return { rejects: rejects.length };
  });
  if (answer.status !== 200) return answer;
  return new Response(lines, {
    headers: {
      'cache-control': 'no-store',
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': 'attachment; filename="weir-rejects.ndjson"',
    },
  });
}
