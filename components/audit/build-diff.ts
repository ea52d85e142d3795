/** What an entry changed, field by field. Pure. */

export interface DiffLine {
  field: string;
  /** Null where the field is not there. */
  before: string | null;
  after: string | null;
  changed: boolean;
}

type Fields = Record<string, unknown> | null;

/** Changed fields first, each group in the order it was written. */
export function buildDiff(before: Fields, after: Fields): DiffLine[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const lines = [...fields].map((field) => {
    const was = fieldText(before, field);
    const is = fieldText(after, field);
    return { field, before: was, after: is, changed: was !== is };
  });
  return [...lines.filter((line) => line.changed), ...lines.filter((line) => !line.changed)];
}

function fieldText(fields: Fields, field: string): string | null {
  return fields !== null && Object.hasOwn(fields, field) ? plainValue(fields[field]) : null;
}

/** A JSON value on one line: text without quotes, anything with parts as JSON. */
function plainValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return value.toLocaleString('en-US', { maximumFractionDigits: 6 });
  return JSON.stringify(value) ?? 'null';
}

/** A value line by line: lists give a line for each part, objects their fields ("id acct_1 · try 2"). */
export function valueLines(value: unknown): string[] {
  if (!Array.isArray(value)) return [fieldsOnOneLine(value)];
  return value.length === 0 ? ['none'] : value.map(fieldsOnOneLine);
}

function fieldsOnOneLine(value: unknown): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return plainValue(value);
  return Object.entries(value)
    .map(([field, part]) => `${field} ${plainValue(part)}`)
    .join(' · ');
}

/** An entry in a few words: its reason, else what changed, else its single figures; empty when it has none. */
export function summarize(entry: {
  reason: string | null;
  before: Fields;
  after: Fields;
  detail: Fields;
}): string {
  if (entry.reason) return entry.reason;
  const changes = buildDiff(entry.before, entry.after)
    .filter((line) => line.changed)
    .map((line) =>
      line.before === null
        ? `${line.field} ${line.after}`
        : `${line.field} ${line.before} → ${line.after ?? 'gone'}`,
    );
  if (changes.length > 0) return changes.join(', ');
  return Object.entries(entry.detail ?? {})
    .filter(([, value]) => value === null || typeof value !== 'object')
    .map(([field, value]) => `${field} ${plainValue(value)}`)
    .join(', ');
}
