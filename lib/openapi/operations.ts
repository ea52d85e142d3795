/** What each address for machines takes and answers. */
import type { z } from 'zod';
import { accountQuery, clusterQuery } from '@/lib/clusters/machine-schema';
import { ERROR_STATUS } from '@/lib/errors';
import type { Operation } from './document-schema';
import { ref, toJson } from './to-json';

const json = (name: string) => ({ 'application/json': { schema: ref(name) } });
const text = { 'text/plain': { schema: { type: 'string' } } };
const GZIP = 'Plain or gzip; which of them is told from the bytes.';

const REFUSALS: [keyof typeof ERROR_STATUS, string][] = [
  ['bad_input', 'The body could not be read to its end, or a header or parameter is wrong.'],
  ['not_signed_in', 'No API key, or one that is unknown, revoked or expired.'],
  ['forbidden', 'A key that does not open this.'],
  ['not_found', 'There is no such cluster.'],
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

export const RECORDS: Operation = {
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

export const TRACES: Operation = {
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

/** What a query may hold, from the schema that parses it. */
function parameters(schema: z.ZodObject): NonNullable<Operation['parameters']> {
  const { properties = {} } = toJson(schema);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: false,
    description: QUERIES[name] ?? name,
    schema: property,
  }));
}

const QUERIES: Record<string, string> = {
  offset: 'How many rows to pass by; the page before says it as `next`.',
  limit: 'Rows of a page: 1 to 1,000, otherwise 100.',
  status: 'Only clusters that stand so.',
  quadrant: 'Only clusters of this quadrant.',
  role: 'Only accounts of this role in the cluster.',
};

const READ_REFUSALS = ['not_signed_in', 'forbidden', 'not_found', 'too_many', 'unavailable'] as const;
const ID = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The number of a cluster, 12 of CL-12.',
  schema: { type: 'integer', minimum: 1 },
} as const;

export const CLUSTERS: Operation = {
  operationId: 'listClusters',
  summary: 'Lists clusters',
  description:
    'What the latest run found and nobody dismissed, best first. That a key read them is in the audit, once an hour.',
  security: [{ key: [] }],
  parameters: parameters(clusterQuery),
  responses: {
    '200': { description: 'A page.', content: json('ClusterPage') },
    ...refusals('Error', ['bad_input', 'not_signed_in', 'forbidden', 'too_many', 'unavailable']),
  },
};

export const CLUSTER: Operation = {
  operationId: 'readCluster',
  summary: 'Reads one cluster',
  description: 'With its evidence and the ids of all its accounts, as `weir clusters export` writes it.',
  security: [{ key: [] }],
  parameters: [ID],
  responses: {
    '200': { description: 'The cluster.', content: json('Cluster') },
    ...refusals('Error', READ_REFUSALS),
  },
};

export const ACCOUNTS: Operation = {
  operationId: 'listClusterAccounts',
  summary: 'Lists the accounts of a cluster',
  description: 'The strongest first, each with what holds it.',
  security: [{ key: [] }],
  parameters: [ID, ...parameters(accountQuery)],
  responses: {
    '200': { description: 'A page.', content: json('AccountPage') },
    ...refusals('Error', ['bad_input', ...READ_REFUSALS]),
  },
};

export const METRICS: Operation = {
  operationId: 'readMetrics',
  summary: 'How the deployment does',
  description: "Prometheus' text format, for a key that opens metrics.",
  security: [{ key: [] }],
  responses: {
    '200': { description: 'Samples.', content: text },
    ...refusals('Error', ['not_signed_in', 'forbidden', 'too_many', 'unavailable']),
  },
};

export const HEALTH: Operation = {
  operationId: 'isAlive',
  summary: 'Whether the process answers',
  description: 'Restart it when it does not.',
  security: [],
  responses: { '200': { description: 'It does.', content: text } },
};

export const READY: Operation = {
  operationId: 'isReady',
  summary: 'Whether the desk can work',
  description: 'Take the server out of rotation while it cannot.',
  security: [],
  responses: {
    '200': { description: 'Its database answers.', content: text },
    '503': { description: 'Its database does not answer.', content: text },
  },
};

export const DESCRIPTION: Operation = {
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
