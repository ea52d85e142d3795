/** POST /api/v1/records: NDJSON, plain or gzip, in a stream of any length; answers 202 with counts. */
import { takeStream } from '@/app/take-stream';
import { whileStill } from '@/app/while-still';
import { refuseEndedKey } from '@/lib/access/authenticate-key';
import type { KeyActor } from '@/lib/access/schema';
import { answerOnce, type KeptAnswer, readIdempotencyKey } from '@/lib/ingest/answer-once';
import { INGEST_MEANWHILE, ingestRecords } from '@/lib/ingest/ingest-records';
import { intakeLimits } from '@/lib/ingest/intake-limits';
import { atMost, RequestBody } from '@/lib/ingest/read-body';
import { withoutQuotes } from '@/lib/ingest/reject-reasons';
import type { IntakeAnswer } from '@/lib/openapi/answers-schema';
import { decompress } from '@/lib/records/decompress';
import { refuse } from '../../respond';

export const dynamic = 'force-dynamic';

/** How many rejects the answer spells out; the count is always whole. */
const REJECTS_SHOWN = 100;

export async function POST(request: Request): Promise<Response> {
  const stream = new RequestBody(request, request.headers.has('idempotency-key'));
  try {
    const key = readIdempotencyKey(request.headers.get('idempotency-key'));
    const { status, body, replayed } = await takeStream(request, stream, (actor) => {
      if (key === undefined) return takeRecords(actor, stream, (reason) => reason);
      // This answer is kept: it must not hold what a line held.
      return answerOnce(actor.id, key, stream, () => takeRecords(actor, stream, withoutQuotes));
    });
    const headers = { 'cache-control': 'no-store', ...(replayed && { 'idempotency-replayed': 'true' }) };
    return Response.json(body, { status, headers });
  } catch (error) {
    stream.discard();
    return refuse(error, 'POST /api/v1/records', INGEST_MEANWHILE);
  }
}

async function takeRecords(
  actor: KeyActor,
  stream: RequestBody,
  clean: (reason: string) => string,
): Promise<KeptAnswer> {
  const rejects: { line: number; reason: string }[] = [];
  const unpacked = atMost(decompress(stream.bytes()), intakeLimits().unpackedBytes);
  const bytes = whileStill(unpacked, () => refuseEndedKey(actor));
  const result = await ingestRecords(actor, bytes, {
    source: actor.name,
    onReject: (line, reason) =>
      void (rejects.length < REJECTS_SHOWN && rejects.push({ line, reason: clean(reason) })),
  });
  const { accepted, rejected, duplicates, seconds, unknownKeys } = result;
  const body: IntakeAnswer = { accepted, rejected, duplicates, seconds, unknown_keys: unknownKeys, rejects };
  return { status: 202, body };
}
