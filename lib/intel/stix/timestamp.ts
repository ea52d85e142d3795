const FORM =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

/** A timestamp as STIX and TAXII write it (RFC 3339, in UTC with a Z), in milliseconds since 1970; null for anything
 * else, the 30th of February too, which JavaScript takes for the 2nd of March. Pure. */
export function readTimestamp(text: string): number | null {
  if (!FORM.test(text)) return null;
  const ms = Date.parse(text);
  // Every month has 28 days.
  if (Number(text.slice(8, 10)) <= 28) return ms;
  return new Date(ms).getUTCDate() === Number(text.slice(8, 10)) ? ms : null;
}
