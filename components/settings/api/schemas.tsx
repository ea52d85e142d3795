import type { ApiDocument, JsonSchema } from '@/lib/openapi/document-schema';
import { describeType, SchemaName } from './schema-name';

/** What is sent and answered, field by field. */
export function Schemas({ api }: { api: ApiDocument }) {
  return (
    <section className="panel" aria-labelledby="schemas-title">
      <header>
        <h2 id="schemas-title">What is sent and answered</h2>
      </header>
      {Object.entries(api.components.schemas).map(([name, schema]) => (
        <article key={name} className="a-schema" id={`schema-${name}`}>
          <h3>{name}</h3>
          {schema.description && <p className="soft">{schema.description}</p>}
          {schema.oneOf && (
            <p>
              One of{' '}
              {schema.oneOf.map((each) => (
                <span key={each.$ref}>
                  <SchemaName schema={each} />{' '}
                </span>
              ))}
              by <code className="mono">{schema.discriminator?.propertyName}</code>
            </p>
          )}
          {schema.properties && <Fields name={name} schema={schema} />}
        </article>
      ))}
    </section>
  );
}

function Fields({ name, schema }: { name: string; schema: JsonSchema }) {
  return (
    <table className="grid plain a-fields" aria-label={`Fields of ${name}`}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Is</th>
          <th scope="col">Needed</th>
          <th scope="col">Means</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(schema.properties ?? {}).map(([field, each]) => (
          <tr key={field}>
            <td className="mono">{field}</td>
            <td className="soft">{describeType(each)}</td>
            <td>{schema.required?.includes(field) ? 'yes' : <span className="mute">no</span>}</td>
            <td className="soft">{each.description}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
