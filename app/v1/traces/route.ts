/**
 * POST /v1/traces: what OpenTelemetry's exporters and the Collector send, as OTLP/JSON, plain or gzip. Only spans of
 * model calls are taken. Answers as the OTLP specification says: 200 with what was not taken, or a Status with a gRPC
 * code; 429 and 503 are the ones that a sender repeats.
 */
import { describeError } from '@/app/describe-error';
import { authenticateKey } from '@/lib/access/authenticate-key';
import { AppError } from '@/lib/errors';
import { INGEST_MEANWHILE, ingestRecords } from '@/lib/ingest/ingest-records';
import { otlpAdapter } from '@/lib/records/adapters/otlp';
import { BrokenCompressionError, decompress } from '@/lib/records/decompress';
import { UnreadableInputError } from '@/lib/records/read-lines';

export const dynamic = 'force-dynamic';

/** Unpacked: a small request may unpack to anything. */
const MAX_BODY_BYTES = 16_777_216;
const REASONS_SHOWN = 3;
const GRPC_CODES: Record<number, number> = { 400: 3, 401: 16, 403: 7, 413: 8, 415: 3, 429: 8, 503: 14 };
const GRPC_INTERNAL = 13;
const RETRY_SECONDS = '10';

export async function POST(request: Request): Promise<Response> {
  try {
    const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
    if (type && type !== 'application/json') {
      return status(
        415,
        `Weir takes OTLP/JSON, this is ${type.slice(0, 60)}. Set OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/json, or "encoding: json" at the Collector's otlphttp exporter.`,
      );
    }
    const actor = await authenticateKey(request.headers.get('authorization'));
    if (!request.body)
      throw new AppError('bad_input', 'The body is empty: send an ExportTraceServiceRequest.');
    const adapter = otlpAdapter();
    const reasons: string[] = [];
    const body = limited(decompress(request.body as unknown as AsyncIterable<Uint8Array>));
    const { rejected } = await ingestRecords(actor, body, {
      source: actor.name,
      adapter,
      onReject: (_, reason) => void (reasons.length < REASONS_SHOWN && reasons.push(reason)),
    });
    if (adapter.brokenDocument) throw new AppError('bad_input', `The body: ${adapter.brokenDocument}.`);
    if (rejected === 0) return Response.json({});
    const more = rejected > reasons.length ? `; and ${rejected - reasons.length} more` : '';
    const errorMessage = `${reasons.join('; ')}${more}`;
    return Response.json({ partialSuccess: { rejectedSpans: String(rejected), errorMessage } });
  } catch (error) {
    if (error instanceof UnreadableInputError || error instanceof BrokenCompressionError) {
      return status(400, `The body could not be read to its end: ${error.message}.`);
    }
    const { status: code, message } = describeError(error, 'POST /v1/traces', INGEST_MEANWHILE);
    return status(code, message);
  }
}

async function* limited(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > MAX_BODY_BYTES) {
      throw new AppError('too_large', `More than ${MAX_BODY_BYTES} bytes unpacked: send smaller batches.`);
    }
    yield piece;
  }
}

/** google.rpc.Status in JSON. */
function status(httpStatus: number, message: string): Response {
  const retry = httpStatus === 429 || httpStatus === 503 ? { 'retry-after': RETRY_SECONDS } : undefined;
  const body = { code: GRPC_CODES[httpStatus] ?? GRPC_INTERNAL, message };
  return Response.json(body, { status: httpStatus, headers: { 'cache-control': 'no-store', ...retry } });
}
