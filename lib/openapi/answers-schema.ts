/** What the addresses for machines answer, as the handlers send it and the API's description says it. */
import { z } from 'zod';
import { ERROR_STATUS, type ErrorCode } from '@/lib/errors';

const count = z.int().min(0);

/** POST /api/v1/records. */
export const intakeAnswer = z.object({
  accepted: count.meta({ description: 'Records that were taken.' }),
  rejected: count.meta({ description: 'Lines that were not; each on its own, the others count.' }),
  duplicates: count.meta({ description: 'Records that were taken before and count once.' }),
  seconds: z.number().min(0),
  unknown_keys: count.meta({ description: 'Keys that no record has; they were ignored.' }),
  rejects: z
    .array(z.object({ line: z.int().min(1), reason: z.string() }))
    .max(100)
    .meta({ description: 'The first of them; `rejected` has their number.' }),
});
export type IntakeAnswer = z.infer<typeof intakeAnswer>;

/** Whatever is refused or fails, except at OTLP's address. */
export const errorAnswer = z.object({
  code: z.enum([...(Object.keys(ERROR_STATUS) as ErrorCode[]), 'unknown']),
  message: z.string().meta({ description: 'What happened and what to do, for a person.' }),
  errorId: z.string().optional().meta({ description: 'Stands in the log beside the reason.' }),
});
export type ErrorAnswer = z.infer<typeof errorAnswer>;

/** POST /v1/traces, as OTLP/HTTP has it. */
export const tracesAnswer = z.object({
  partialSuccess: z
    .object({ rejectedSpans: z.string().regex(/^\d+$/), errorMessage: z.string() })
    .optional()
    .meta({ description: 'Absent when every span of a model call was taken.' }),
});
export type TracesAnswer = z.infer<typeof tracesAnswer>;

/** A refusal at OTLP's address: google.rpc.Status. */
export const tracesRefusal = z.object({
  code: z.int().meta({ description: 'A code of gRPC.' }),
  message: z.string(),
});
export type TracesRefusal = z.infer<typeof tracesRefusal>;
