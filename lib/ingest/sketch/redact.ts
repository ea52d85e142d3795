/** Takes from an exemplar what could name a person or open a door, before it is kept for analysts. */

const MAX_EXEMPLAR_CHARS = 600;
const MAX_READ_CHARS = 4_000;

/** Order matters: keys and cards before plain numbers, addresses before handles. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{3,40}-----[\s\S]*?(?:-----END [A-Z ]{3,40}-----|$)/g, '[key]'],
  [/\b(?:sk|pk|rk|ghp|gho|xox[abp]|glpat|AKIA|ASIA|AIza)[-_A-Za-z0-9]{12,}/g, '[key]'],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, '[key]'],
  [/[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, '[e-mail]'],
  [/\bhttps?:\/\/[^\s<>"']+/gi, '[link]'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, '[address]'],
  [/\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}/gi, '[address]'],
  [/(?:\+|\b)\d(?:[ ().-]{0,2}\d){6,18}\b/g, '[number]'],
  [/\b[0-9a-f]{24,}\b/gi, '[key]'],
  [/(^|\s)@\w{2,40}/g, '$1[handle]'],
];

/**
 * At most 600 characters of a prompt with e-mail addresses, links, IP addresses, phone, card and other long numbers,
 * handles and keys replaced by what they were. Names and street addresses in prose remain: an exemplar is still
 * personal data, is shown to few and expires.
 */
export function redactExemplar(text: string): string {
  let redacted = text.slice(0, MAX_READ_CHARS);
  for (const [pattern, mask] of MASKS) redacted = redacted.replace(pattern, mask);
  return redacted.length <= MAX_EXEMPLAR_CHARS ? redacted : `${redacted.slice(0, MAX_EXEMPLAR_CHARS - 1)}…`;
}
