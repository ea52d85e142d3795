/** What senders over HTTP may ask of us at once. A deployment changes it by its environment. */
import { limitOf } from '@/lib/records/input-limits';

export interface IntakeLimits {
  /** Of one body, as sent. */
  bodyBytes: number;
  /** Of one body, unpacked. */
  unpackedBytes: number;
  /** Of one body of POST /v1/traces, unpacked: it is one document and read as a whole. */
  tracesBytes: number;
  /** Bodies under way at once, of one key and of all. */
  streamsOfKey: number;
  streams: number;
  /** A sender that sends nothing for so long is let go. The time that we are busy does not count. */
  idleMs: number;
  /** How long a repeated request waits for the first one: longer than a sender that went away is waited for. */
  repeatWaitMs: number;
  /** How long the answer to an Idempotency-Key is kept. */
  keptMs: number;
}

const GIB = 1_073_741_824;

export function intakeLimits(): IntakeLimits {
  return {
    bodyBytes: limitOf('WEIR_INGEST_MAX_BODY_BYTES', 16 * GIB),
    unpackedBytes: limitOf('WEIR_INGEST_MAX_UNPACKED_BYTES', 64 * GIB),
    tracesBytes: limitOf('WEIR_TRACES_MAX_BYTES', 16_777_216),
    streamsOfKey: limitOf('WEIR_INGEST_STREAMS_PER_KEY', 8),
    streams: limitOf('WEIR_INGEST_STREAMS', 24),
    idleMs: limitOf('WEIR_INGEST_IDLE_SECONDS', 60) * 1_000,
    repeatWaitMs: limitOf('WEIR_IDEMPOTENCY_WAIT_SECONDS', 90) * 1_000,
    keptMs: limitOf('WEIR_IDEMPOTENCY_HOURS', 24) * 3_600_000,
  };
}
