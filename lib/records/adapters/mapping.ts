/** The mapping file: which column of somebody's table is which field of a record. */
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { quoteInput } from '../quote-input';
import { RECORD_SCHEMAS, TIME_FIELDS } from '../schema';

const TIME_FORMATS = ['rfc3339', 'epoch_s', 'epoch_ms', 'utc'] as const;
const FORMATS = [...TIME_FORMATS, 'chat'] as const;
const CHAT_FIELDS = ['prompt', 'system_prompt'];

const SOURCE = `expected a column's name, {"column": "…", "format": "…", "split": "…"}, {"const": …} or {"hash": ["column", …]}`;

const column = z.string().min(1);
const source = z.union(
  [
    column,
    z.strictObject({
      column,
      format: z.enum(FORMATS).optional(),
      split: z.string().min(1).optional(),
    }),
    z.strictObject({ const: z.union([z.string(), z.number(), z.boolean()]) }),
    z.strictObject({ hash: z.array(column).min(1) }),
  ],
  { error: `${SOURCE}; formats are ${FORMATS.join(', ')}` },
);

const KINDS = Object.keys(RECORD_SCHEMAS) as (keyof typeof RECORD_SCHEMAS)[];

const mappingSchema = z.strictObject({
  record: z.enum(KINDS, { error: `expected one of ${KINDS.join(', ')}` }),
  delimiter: z
    .string()
    .regex(/^[\t\x20-\x7e]$/, 'expected one ASCII character, for example ";" or "\\t"')
    .default(','),
  fields: z.record(z.string(), source, { error: `expected an object of field: column` }),
});

export type Mapping = z.infer<typeof mappingSchema>;
export type Source = z.infer<typeof source>;

/** @throws AppError bad_input that names the key and what to do */
export function readMapping(text: string): Mapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw refused(`is not JSON: ${error instanceof Error ? error.message.slice(0, 120) : 'unreadable'}`);
  }
  const parsed = mappingSchema.safeParse(json);
  if (!parsed.success) throw refused(describe(parsed.error.issues[0]));
  checkFields(parsed.data);
  return parsed.data;
}

/** Columns that the mapping reads, each once. */
export function mappedColumns(mapping: Mapping): string[] {
  const columns = Object.values(mapping.fields).flatMap((from) => {
    if (typeof from === 'string') return [from];
    if ('column' in from) return [from.column];
    return 'hash' in from ? from.hash : [];
  });
  return [...new Set(columns)];
}

function checkFields({ record, fields }: Mapping): void {
  const { shape } = RECORD_SCHEMAS[record];
  const known = Object.keys(shape).filter((name) => name !== 'record');
  const times: readonly string[] = TIME_FIELDS[record];
  for (const [name, from] of Object.entries(fields)) {
    if (!known.includes(name)) {
      throw refused(`fields.${quoteInput(name, 40)}: no field of ${record}; it has ${known.join(', ')}`);
    }
    const format = typeof from === 'object' && 'column' in from ? from.format : undefined;
    if (format === 'chat' && !CHAT_FIELDS.includes(name)) {
      throw refused(`fields.${name}.format: chat is for ${CHAT_FIELDS.join(' and ')}`);
    }
    if (format && format !== 'chat' && !times.includes(name)) {
      throw refused(`fields.${name}.format: ${format} is for times: ${times.join(', ')}`);
    }
  }
  for (const [name, field] of Object.entries(shape)) {
    if (name === 'record' || name in fields || field.safeParse(undefined).success) continue;
    throw refused(`fields.${name} is missing: say which column holds it`);
  }
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  if (!issue) return 'is no mapping';
  const path = issue.path.map(String).join('.') || 'it';
  if (issue.code === 'unrecognized_keys') {
    const inside = issue.path.length > 0 ? '' : '; it has record, fields and delimiter';
    return `${path}: unknown key ${issue.keys.map((key) => quoteInput(key, 40)).join(', ')}${inside}`;
  }
  return `${path}: ${issue.message}`;
}

const refused = (problem: string) => new AppError('bad_input', `The mapping file: ${problem}.`);
