/** RFC 8785, the JSON Canonicalization Scheme: one value, one text. */

/** Canonical text of a JSON value: members by their UTF-16 code units, numbers as ECMAScript writes them, no spaces.
 * Members that are undefined are left out. @throws TypeError for what JSON cannot hold */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (/\p{Surrogate}/u.test(value)) throw new TypeError('a lone surrogate has no canonical form');
      return JSON.stringify(value);
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical form`);
      return JSON.stringify(value);
    case 'object':
      break;
    default:
      throw new TypeError(`${typeof value} has no canonical form`);
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined);
  // The default order of strings is that of their UTF-16 code units.
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, inner]) => `${canonicalJson(key)}:${canonicalJson(inner)}`).join(',')}}`;
}
