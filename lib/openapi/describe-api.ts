/** OpenAPI 3.1 of the addresses for machines. Every schema is made from the one that parses or types it. */
import { accountPage, clusterLine, clusterPage } from '@/lib/clusters/machine-schema';
import { RECORD_SCHEMAS } from '@/lib/records/schema';
import { errorAnswer, intakeAnswer, tracesAnswer, tracesRefusal } from './answers-schema';
import type { ApiDocument, JsonSchema } from './document-schema';
import {
  ACCOUNTS,
  CLUSTER,
  CLUSTERS,
  DESCRIPTION,
  HEALTH,
  METRICS,
  READY,
  RECORDS,
  TRACES,
} from './operations';
import { ref, toJson } from './to-json';

const NAMES = {
  account: 'AccountRecord',
  exchange: 'ExchangeRecord',
  observation: 'ObservationRecord',
  model_release: 'ModelReleaseRecord',
  appeal: 'AppealRecord',
} as const satisfies Record<keyof typeof RECORD_SCHEMAS, string>;

/** @param version of Weir @param address where people reach it; relative without one */
export function describeApi(version: string, address?: string): ApiDocument {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Weir',
      version,
      description:
        'The addresses for machines: records come in, other programs read clusters, and whoever watches over the deployment asks how it is. Partners poll TAXII 2.1 below /taxii2/, which its own specification describes.',
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: address ?? '/' }],
    paths: {
      '/api/v1/records': { post: RECORDS },
      '/v1/traces': { post: TRACES },
      '/api/v1/clusters': { get: CLUSTERS },
      '/api/v1/clusters/{id}': { get: CLUSTER },
      '/api/v1/clusters/{id}/accounts': { get: ACCOUNTS },
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
            'An API key, `weir_…`. An administrator makes one in Settings and chooses what it opens: records, clusters, or metrics.',
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
    ClusterPage: toJson(clusterPage),
    Cluster: toJson(clusterLine),
    AccountPage: toJson(accountPage),
    Error: toJson(errorAnswer),
  };
}
