/**
 * POST /v1/traces: what OpenTelemetry's exporters and the Collector send, as OTLP/JSON, plain or gzip. Only spans of
 * model calls are taken. Answers as the OTLP specification says: 200 with what was not taken, or a Status with a gRPC
 * code; 429 and 503 are the ones that a sender repeats.
 */
import { retryAfter } from '@/app/api/respond';
import { describeError } from '@/app/describe-error';
import { takeStream } from '@/app/take-stream';
import { whileStill } from '@/app/while-still';
import { refuseEndedKey } from '@/lib/access/authenticate-key';
import type { KeyActor } from '@/lib/access/schema';
import { AppError } from '@/lib/errors';
import { INGEST_MEANWHILE, ingestRecords } from '@/lib/ingest/ingest-records';
import { intakeLimits } from '@/lib/ingest/intake-limits';
import { atMost, RequestBody } from '@/lib/ingest/read-body';
import type { TracesAnswer, TracesRefusal } from '@/lib/openapi/answers-schema';
import { otlpAdapter } from '@/lib/records/adapters/otlp';
import { decompress } from '@/lib/records/decompress';

export const dynamic = 'force-dynamic';

const REASONS_SHOWN = 3;
const GRPC_CODES: Record<number, number> = {
  400: 3,
  401: 16,
  403: 7,
  408: 4,
  413: 8,
  415: 3,
  429: 8,
  503: 14,
};
const GRPC_INTERNAL = 13;
const NEVER_CACHED = { 'cache-control': 'no-store' };

export async function POST(request: Request): Promise<Response> {
  const stream = new RequestBody(request);
  try {
    const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
    if (type && type !== 'application/json') {
      throw new AppError(
        'unsupported',
        `Weir takes OTLP/JSON, this is ${type.slice(0, 60)}. Set OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/json, or "encoding: json" at the Collector's otlphttp exporter.`,
      );
    }
    const answer = await takeStream(request, stream, (actor) => takeTraces(actor, stream));
    return Response.json(answer, { headers: NEVER_CACHED });
  } catch (error) {
    stream.discard();
    const { status: code, message } = describeError(error, 'POST /v1/traces', INGEST_MEANWHILE);
    return status(code, message);
  }
}

async function takeTraces(actor: KeyActor, stream: RequestBody): Promise<TracesAnswer> {
  const adapter = otlpAdapter();
  const reasons: string[] = [];
  const unpacked = atMost(decompress(stream.bytes()), intakeLimits().tracesBytes);
  const bytes = whileStill(unpacked, () => refuseEndedKey(actor));
  const { rejected } = await ingestRecords(actor, bytes, {
    source: actor.name,
    adapter,
    onReject: (_, reason) => void (reasons.length < REASONS_SHOWN && reasons.push(reason)),
  });
  if (adapter.brokenDocument) throw new AppError('bad_input', `The body: ${adapter.brokenDocument}.`);
  if (rejected === 0) return {};
  const more = rejected > reasons.length ? `; and ${rejected - reasons.length} more` : '';
  return {
    partialSuccess: { rejectedSpans: String(rejected), errorMessage: `${reasons.join('; ')}${more}` },
  };
}

/** google.rpc.Status in JSON. */
function status(httpStatus: number, message: string): Response {
  const body: TracesRefusal = { code: GRPC_CODES[httpStatus] ?? GRPC_INTERNAL, message };
  return Response.json(body, { status: httpStatus, headers: { ...NEVER_CACHED, ...retryAfter(httpStatus) } });
}
