import type { JsonSchema } from '@/lib/openapi/document-schema';

/** The name of a schema as a link to its fields; of others what they are. */
export function SchemaName({ schema }: { schema: JsonSchema }) {
  const name = schema.$ref?.split('/').at(-1);
  if (name) return <a href={`#schema-${name}`}>{name}</a>;
  return <span className="soft">{describeType(schema)}</span>;
}

/** "text, 1 to 128 characters". */
export function describeType(schema: JsonSchema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? '';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map(String).join(', ');
  if (schema.type === 'array') {
    const most = schema.maxItems === undefined ? '' : `at most ${schema.maxItems} `;
    return `list of ${most}${schema.items ? describeType(schema.items) : 'anything'}`;
  }
  if (schema.format === 'date-time') return 'RFC 3339 date-time';
  const words = schema.type === 'string' ? 'text' : String(schema.type ?? 'anything');
  const bounds = [
    range(schema.minLength, schema.maxLength, 'characters'),
    range(schema.minimum, schema.maximum),
  ];
  return [words, ...bounds.filter((each) => each !== ''), ...(schema.pattern ? [schema.pattern] : [])].join(
    ', ',
  );
}

function range(least: number | undefined, most: number | undefined, unit = ''): string {
  // Whole numbers end where JavaScript's do: no bound of anybody's making.
  const top = most === Number.MAX_SAFE_INTEGER ? undefined : most;
  if (least === undefined && top === undefined) return '';
  const words =
    top === undefined ? `at least ${least}` : least === undefined ? `at most ${top}` : `${least} to ${top}`;
  return unit ? `${words} ${unit}` : words;
}
