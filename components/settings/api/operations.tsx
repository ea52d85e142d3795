import type { ApiDocument, Method, Operation } from '@/lib/openapi/document-schema';
import { SchemaName } from './schema-name';

/** Every address with its methods: what opens it, what it takes, what it answers. */
export function Operations({ api }: { api: ApiDocument }) {
  const operations = Object.entries(api.paths).flatMap(([address, methods]) =>
    (Object.entries(methods) as [Method, Operation][]).map(([method, operation]) => ({
      address,
      method,
      operation,
    })),
  );
  return (
    <section className="panel" aria-labelledby="operations-title">
      <header>
        <h2 id="operations-title">Addresses for machines</h2>
        <span className="small mute">version {api.info.version}</span>
        <span className="push" />
        <a className="btn" href="/api/openapi.json" download="weir-openapi.json">
          OpenAPI 3.1
        </a>
      </header>
      {operations.map(({ address, method, operation }) => (
        <article key={`${method} ${address}`} className="a-op">
          <h3>
            <span className="a-method">{method.toUpperCase()}</span>
            <code className="mono">{address}</code>
            <span className="soft">{operation.summary}</span>
          </h3>
          <p>{operation.description}</p>
          <Details operation={operation} />
        </article>
      ))}
    </section>
  );
}

function Details({ operation }: { operation: Operation }) {
  const { security, parameters = [], requestBody, responses } = operation;
  return (
    <dl>
      <dt>Opened by</dt>
      <dd>{security.length > 0 ? 'an API key, Authorization: Bearer weir_…' : 'anybody'}</dd>
      {parameters.map(({ name, description }) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{description}</dd>
        </div>
      ))}
      {requestBody && (
        <>
          <dt>Takes</dt>
          <dd>
            {Object.entries(requestBody.content).map(([type, { schema }]) => (
              <span key={type}>
                <code className="mono">{type}</code> <SchemaName schema={schema} />{' '}
              </span>
            ))}
            <span className="soft">{requestBody.description}</span>
          </dd>
        </>
      )}
      {Object.entries(responses).map(([status, { description, content }]) => (
        <div key={status} style={{ display: 'contents' }}>
          <dt className="mono">{status}</dt>
          <dd>
            {description}{' '}
            {Object.values(content ?? {}).map(({ schema }) => (
              <SchemaName key={status} schema={schema} />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
