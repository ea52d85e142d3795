/** POST /api/v1/records: NDJSON, plain or gzip, in a stream of any length; answers 202 with counts. */
import { authenticateKey } from '@/lib/access/authenticate-key';
import { AppError } from '@/lib/errors';
import { INGEST_MEANWHILE, ingestRecords } from '@/lib/ingest/ingest-records';
import { UnreadableInputError } from '@/lib/records/read-lines';
import { respond } from '../../respond';

export const dynamic = 'force-dynamic';

/** How many rejects the answer spells out; the count is always whole. */
const REJECTS_SHOWN = 100;

export async function POST(request: Request): Promise<Response> {
  const answer = await respond(
    'POST /api/v1/records',
    async () => {
      const actor = await authenticateKey(request.headers.get('authorization'));
      if (!request.body)
        throw new AppError('bad_input', 'The body is empty: send NDJSON, one record a line.');
      const rejects: { line: number; reason: string }[] = [];
      try {
        const result = await ingestRecords(actor, request.body as unknown as AsyncIterable<Uint8Array>, {
          source: actor.name,
          onReject: (line, reason) => void (rejects.length < REJECTS_SHOWN && rejects.push({ line, reason })),
        });
        const { accepted, rejected, duplicates, seconds } = result;
        return { accepted, rejected, duplicates, seconds, unknown_keys: result.unknownKeys, rejects };
      } catch (error) {
        if (!(error instanceof UnreadableInputError)) throw error;
        throw new AppError(
          'bad_input',
          `The body could not be read to its end: ${error.message}. What came before it was taken; send it again whole, nothing counts twice.`,
        );
      }
    },
    INGEST_MEANWHILE,
  );
  return answer.status === 200 ? new Response(answer.body, { status: 202, headers: answer.headers }) : answer;
}
