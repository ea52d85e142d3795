/** Pure decisions about audit entries: which belong to a view, what a reader may see of one, which are folded. */

/** Nouns of a view's verbs; those that are in none stand under "All". */
export const VIEW_NOUNS = {
  decisions: ['cluster', 'campaign', 'share', 'appeal'],
  enforcement: ['proposal', 'enforcement', 'kill_switch', 'kill_switch', 'hold', 'provider'],
  access: ['user', 'key', 'session', 'setting'],
} as const satisfies Record<string, readonly string[]>;

const READING = ['read', 'reveal', 'view', 'search', 'export', 'verify'];

/** Verbs that changed nothing and showed somebody something: "account.read", "data.export". */
export function isReadVerb(verb: string): boolean {
  const doing = verb.slice(verb.indexOf('.') + 1);
  return READING.some((word) => doing === word || doing.startsWith(`${word}_`));
}

/** The verb of an execution's batches: many entries of one proposal, shown as one line. */
export const FOLDED_VERB = 'enforcement.apply';

/** Stands for what a reader may not see. */
const HIDDEN_TEXT = 'hidden';

const SENSITIVE_KEY =
  /prompt|exemplar|skeleton|^template$|display_?name|e_?mail|(^|_)ips?$|address|phone|user_?agent/i;
const IPV4 = '(?:\\d{1,3}\\.){3}\\d{1,3}';
const ADDRESS = new RegExp(
  [
    '[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+',
    `\\b${IPV4}\\b`,
    `(?<![\\w:])(?:[0-9a-f]{0,4}:){2,7}(?:${IPV4}|[0-9a-f]{0,4})(?![\\w:])`,
  ].join('|'),
  'gi',
);

/** Text without network and mail addresses, for readers who see counts and states only. */
export function hideAddresses(text: string): string {
  return text.replace(ADDRESS, (found) => (looksLikeTime(found) ? found : HIDDEN_TEXT));
}

/** "08:30:00" has the shape of an IPv6 address. */
function looksLikeTime(text: string): boolean {
  return /^\d{1,2}:\d{2}(:\d{2})?$/.test(text) || !/[0-9a-f@.]/i.test(text);
}

/** JSON without addresses and without the values of keys that hold prompts, names or addresses. */
export function hideSensitive(value: unknown): unknown {
  if (typeof value === 'string') return hideAddresses(value);
  if (Array.isArray(value)) return value.map(hideSensitive);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SENSITIVE_KEY.test(key) && typeof inner !== 'number' && inner !== null && typeof inner !== 'boolean'
        ? HIDDEN_TEXT
        : hideSensitive(inner),
    ]),
  );
}
