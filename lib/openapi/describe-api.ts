/** OpenAPI 3.1 of the addresses for machines. Every schema is made from the one that parses or types it. */
import { z } from 'zod';
import { ERROR_STATUS } from '@/lib/errors';
import { RECORD_SCHEMAS } from '@/lib/records/schema';
import { errorAnswer, intakeAnswer, tracesAnswer, tracesRefusal } from './answers-schema';
import type { ApiDocument, JsonSchema, Operation } from './document-schema';

const NAMES = {
  account: 'AccountRecord',
  exchange: 'ExchangeRecord',
  observation: 'ObservationRecord',
  model_release: 'ModelReleaseRecord',
  appeal: 'AppealRecord',
} as const satisfies Record<keyof typeof RECORD_SCHEMAS, string>;

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string) => ({ 'application/json': { schema: ref(name) } });
const text = { 'text/plain': { schema: { type: 'string' } } };
const GZIP = 'Plain or gzip; which of them is told from the bytes.';

/** @param version of Weir @param address where people reach it; relative without one */
export function describeApi(version: string, address?: string): ApiDocument {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Weir',
      version,
      description:
        'The addresses for machines: records come in, and whoever watches over the deployment asks how it is. Partners poll TAXII 2.1 below /taxii2/, which its own specification describes.',
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: address ?? '/' }],
    paths: {
      '/api/v1/records': { post: RECORDS },
      '/v1/traces': { post: TRACES },
      '/metrics': { get: METRICS },
      '/healthz': { get: HEALTH },
      '/readyz': { get: READY },
      '/api/openapi.json': { get: DESCRIPTION },
      '/api/v1/openapi.json': { get: { ...DESCRIPTION, operationId: 'describeApiV1' } },
    },
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description:
            'An API key, `weir_…`. An administrator makes one in Settings and chooses what it opens: records, or metrics.',
        },
      },
      schemas: schemas(),
    },
  };
}

function schemas(): Record<string, JsonSchema> {
  const kinds = Object.keys(NAMES) as (keyof typeof NAMES)[];
  const record: JsonSchema = {
    description: 'One line. Keys that no record has are ignored and counted.',
    oneOf: kinds.map((kind) => ref(NAMES[kind])),
    discriminator: {
      propertyName: 'record',
      mapping: Object.fromEntries(kinds.map((kind) => [kind, `#/components/schemas/${NAMES[kind]}`])),
    },
  };
  return {
    Record: record,
    ...Object.fromEntries(kinds.map((kind) => [NAMES[kind], toJson(RECORD_SCHEMAS[kind])])),
    IntakeAnswer: toJson(intakeAnswer),
    TracesAnswer: toJson(tracesAnswer),
    TracesRefusal: toJson(tracesRefusal),
    Error: toJson(errorAnswer),
  };
}

/** What a sender may send: transforms count by what goes into them. */
function toJson(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest as JsonSchema;
}

const REFUSALS: [keyof typeof ERROR_STATUS, string][] = [
  ['bad_input', 'The body could not be read to its end, or a header is wrong.'],
  ['not_signed_in', 'No API key, or one that is unknown, revoked or expired.'],
  ['forbidden', 'A key that does not open this.'],
  ['too_slow', 'A pause in the body that was too long.'],
  ['conflict', 'The first request with this Idempotency-Key is still under way.'],
  ['too_large', 'More than is taken in one request; what came before counts.'],
  ['unsupported', 'A media type that is not taken.'],
  ['key_reused', 'Another body came under this Idempotency-Key.'],
  [
    'too_many',
    'The key comes too often, or as many streams as may run do. Retry-After says when to come again.',
  ],
  ['unavailable', 'The database does not answer. Retry-After says when to come again.'],
];

function refusals(schema: string, codes: readonly (keyof typeof ERROR_STATUS)[]): Operation['responses'] {
  return Object.fromEntries(
    REFUSALS.filter(([code]) => codes.includes(code)).map(([code, description]) => [
      String(ERROR_STATUS[code]),
      { description, content: json(schema) },
    ]),
  );
}

const RECORDS: Operation = {
  operationId: 'sendRecords',
  summary: 'Sends records',
  description:
    'A stream of any length, one JSON object a line, each taken or rejected on its own. Nothing counts twice: an exchange by account and exchange_id, an observation by account, kind, value and time. A stream without an answer is sent again whole.',
  security: [{ key: [] }],
  parameters: [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description: 'The same body under the same key gets the first answer again.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    },
  ],
  requestBody: {
    required: true,
    description: `Newline-delimited JSON. ${GZIP}`,
    content: { 'application/x-ndjson': { schema: ref('Record') } },
  },
  responses: {
    '202': { description: 'The stream was read to its end.', content: json('IntakeAnswer') },
    ...refusals('Error', [
      'bad_input',
      'not_signed_in',
      'forbidden',
      'too_slow',
      'conflict',
      'too_large',
      'key_reused',
      'too_many',
      'unavailable',
    ]),
  },
};

const TRACES: Operation = {
  operationId: 'sendTraces',
  summary: 'Sends OpenTelemetry spans',
  description:
    "What OpenTelemetry's exporters and the Collector send as OTLP/JSON. Only spans of model calls are taken (GenAI semantic conventions).",
  security: [{ key: [] }],
  requestBody: {
    required: true,
    description: `An ExportTraceServiceRequest in OTLP/JSON. ${GZIP}`,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: { resourceSpans: { type: 'array', items: { type: 'object' } } },
        },
      },
    },
  },
  responses: {
    '200': { description: 'Read to its end; says what was not taken.', content: json('TracesAnswer') },
    ...refusals('TracesRefusal', [
      'bad_input',
      'not_signed_in',
      'forbidden',
      'too_slow',
      'too_large',
      'unsupported',
      'too_many',
      'unavailable',
    ]),
  },
};

const METRICS: Operation = {
  operationId: 'readMetrics',
  summary: 'How the deployment does',
  description: "Prometheus' text format, for a key that opens metrics.",
  security: [{ key: [] }],
  responses: {
    '200': { description: 'Samples.', content: text },
    ...refusals('Error', ['not_signed_in', 'forbidden', 'too_many', 'unavailable']),
  },
};

const HEALTH: Operation = {
  operationId: 'isAlive',
  summary: 'Whether the process answers',
  description: 'Restart it when it does not.',
  security: [],
  responses: { '200': { description: 'It does.', content: text } },
};

const READY: Operation = {
  operationId: 'isReady',
  summary: 'Whether the desk can work',
  description: 'Take the server out of rotation while it cannot.',
  security: [],
  responses: {
    '200': { description: 'Its database answers.', content: text },
    '503': { description: 'Its database does not answer.', content: text },
  },
};

const DESCRIPTION: Operation = {
  operationId: 'describeApi',
  summary: 'This description',
  description: 'OpenAPI 3.1, for whoever makes a client.',
  security: [],
  responses: {
    '200': {
      description: 'The document.',
      content: { 'application/json': { schema: { type: 'object' } } },
    },
  },
};
