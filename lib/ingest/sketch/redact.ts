/** Takes from an exemplar what could name a person or open a door, before it is kept for analysts. */
import { storableText } from '@/lib/storable-text';
import { isCardNumber, isIban, isNamingIpv4, isNamingIpv6, looksRandom } from './redact-checks';

const MAX_EXEMPLAR_CHARS = 600;
const MAX_READ_CHARS = 4_000;
/** What stands this close to where reading stopped may be half of something longer. */
const UNSURE_CHARS = 120;

interface Mask {
  pattern: RegExp;
  mask: string;
  /** What the pattern found stays unless this holds. */
  when?: RegExp | ((found: string) => boolean);
}

const count = (text: string, kind: RegExp) => text.match(kind)?.length ?? 0;
const hasDigits = (least: number) => (found: string) => count(found, /\d/g) >= least;

/** Keys by the shapes that their issuers give them. */
const ISSUED_KEYS: readonly RegExp[] = [
  /\b(?:sk|pk|rk|ak|whsec|sess|org|proj)[-_](?:[a-z]{2,8}[-_]){0,3}[A-Za-z0-9_-]{12,}/g,
  /\b(?:gh[opusr]|github_pat|glpat|gldt|npm|hf|gsk|r8|dop_v1|doo_v1|shpat|shpss|figd|lin_api|ntn|secret|xai|pplx|nvapi|rubygems|dckr_pat|tvly|sbp)[-_][A-Za-z0-9_-]{12,}/g,
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}/g,
  /\bxapp-[A-Za-z0-9-]{10,}/g,
  /\bpypi-[A-Za-z0-9_-]{16,}/g,
  /\b(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{12,}/g,
  /\bAIza[A-Za-z0-9_-]{20,}/g,
  /\bya29\.[A-Za-z0-9._-]{16,}/g,
  /\bsq0[a-z]{3}-[A-Za-z0-9_-]{16,}/g,
  /\bSG\.[A-Za-z0-9_-]{12,}\.[A-Za-z0-9_-]{12,}/g,
  /\b\d{8,10}:[A-Za-z0-9_-]{30,}/g,
  /\b[MNO][A-Za-z0-9_-]{22,26}\.[A-Za-z0-9_-]{5,7}\.[A-Za-z0-9_-]{25,}/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
];

/** What is named a secret and stands as a literal; a call or a variable (`token = next(stream)`) is code. */
const NAMED =
  '(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|api[ _-]?key|access[ _-]?key|private[ _-]?key|client[ _-]?secret|account[ _-]?key|auth(?:orization)?|cookie|session[ _-]?id)';
/** Order matters: the longest and surest first, what is only digits last. */
const MASKS: readonly Mask[] = [
  { pattern: /-----BEGIN [A-Z ]{3,40}-----[\s\S]*?(?:-----END [A-Z ]{3,40}-----|$)/g, mask: '[key]' },
  { pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s<>"'`]+/gi, mask: '[link]' },
  { pattern: /\bwww\.[\w-]+\.[^\s<>"'`]+/gi, mask: '[link]' },
  ...ISSUED_KEYS.map((pattern) => ({ pattern, mask: '[key]' })),
  { pattern: /\b(?:bearer|basic)\s+[A-Za-z0-9+/._~=-]{12,}/gi, mask: '[key]', when: /\d|[A-Z].*[A-Z]|=/ },
  {
    pattern: new RegExp(String.raw`(?<=${NAMED}["']?\s{0,3}(?:[:=]|is)\s{0,3})(["'])[^"'\n]{4,200}\1`, 'gi'),
    mask: '[key]',
  },
  {
    pattern: new RegExp(
      String.raw`(?<=${NAMED}["']?\s{0,3}(?:[:=]|is)\s{0,3})[\w+/.!@#$%^&*~=?-]{6,200}(?![\w(\[])`,
      'gi',
    ),
    mask: '[key]',
    when: /\d|[!@#$%^&*~?]/,
  },
  {
    pattern: /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu,
    mask: '[e-mail]',
  },
  {
    pattern:
      /[\w.+-]{1,64}\s?(?:\[at\]|\(at\)|\{at\}|\sat\s)\s?[\w-]{1,63}(?:\s?(?:\[dot\]|\(dot\)|\{dot\}|\sdot\s)\s?[\w-]{2,63}){1,4}/gi,
    mask: '[e-mail]',
  },
  { pattern: /[\w.+-]{1,64}\s?[[({]at[\])}]\s?[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}/gi, mask: '[e-mail]' },
  {
    pattern: /\b[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,4})?\b/gi,
    mask: '[iban]',
    when: isIban,
  },
  { pattern: /(?<![\w.])\d(?:[ -]?\d){12,18}(?![\d.]?\d|\w)/g, mask: '[card]', when: isCardNumber },
  { pattern: /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g, mask: '[number]' },
  ...phoneMasks(),
  { pattern: /\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/gi, mask: '[address]' },
  { pattern: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)/g, mask: '[address]', when: isNamingIpv4 },
  {
    pattern: /(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\d{1,3}(?:\.\d{1,3}){3})?/gi,
    mask: '[address]',
    when: isNamingIpv6,
  },
  { pattern: /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, mask: '[id]' },
  { pattern: /(?<![A-Za-z0-9])(?:0x)?[0-9a-f]{24,}(?![A-Za-z0-9])/gi, mask: '[key]', when: /[a-f]/i },
  { pattern: /[A-Za-z0-9+/_-]{24,}={0,2}/g, mask: '[key]', when: looksRandom },
  { pattern: /(?<=[\p{L}\p{N},;:!?] )@\w{2,40}\b(?![/(.])/gu, mask: '[handle]' },
];

/** Numbers written as people write telephones: a plus, a leading zero in groups, 3-3-4, or after a word for it. */
function phoneMasks(): Mask[] {
  const phones: readonly (readonly [RegExp, number])[] = [
    [/(?<![\p{L}\p{N})\]])\+\d(?:[ ()./-]{0,3}\d){6,14}(?!\d)/gu, 7],
    [/(?<![\d.,/-])\(0?\d{2,5}\)[ /-]{0,3}\d(?:[ /-]?\d){4,9}(?!\d)/g, 7],
    [/(?<![\d.,/-])00\d(?:[ ()/-]{0,2}\d){7,13}(?!\d)/g, 9],
    [/(?<![\w.,/-])0\d{1,4}(?:[ ./-]\d{2,8}){1,5}(?![\d.,]*\d)/g, 9],
    [/(?<![\w.,/-])0\d{9,10}(?![\w.,]*\d)/g, 10],
    [/(?<![\w.,/-])(?:1[ .-])?[2-9]\d{2}([ .-])\d{3}\1\d{4}(?![\d.,-]*\d)/g, 10],
    [/(?<![\w.,/-])[6-9]\d{4}[ -]\d{5}(?![\d.,-]*\d)/g, 10],
    [
      /(?<=\b(?:tel|telephone|phone|mobile|cell|handy|whatsapp|telegram|signal|fax|sms|call|ring|text)\b[^\d\n+]{0,24})\d(?:[ ()./-]{0,2}\d){6,14}(?!\d)/gi,
      7,
    ],
  ];
  return phones.map(([pattern, least]) => ({
    pattern,
    mask: '[phone]',
    when: (found: string) => hasDigits(least)(found) && !/^\d{4}-\d\d-\d\d/.test(found),
  }));
}

/**
 * At most 600 characters of a prompt with e-mail addresses, links, IP and hardware addresses, phone, card, bank and
 * social-security numbers, handles, keys, passwords and other random text replaced by what they were. Code and sums
 * stay readable. Names and street addresses in prose remain: an exemplar is still personal data, is shown to few and
 * expires. Linear in the text, of which the first 4,000 characters are read.
 */
export function redactExemplar(text: string): string {
  let redacted = text.slice(0, MAX_READ_CHARS);
  for (const { pattern, mask, when } of MASKS) {
    const holds = when instanceof RegExp ? (found: string) => when.test(found) : (when ?? (() => true));
    redacted = redacted.replace(pattern, (found) => (holds(found) ? mask : found));
  }
  if (text.length > MAX_READ_CHARS) redacted = redacted.slice(0, -UNSURE_CHARS);
  if (redacted.length > MAX_EXEMPLAR_CHARS) redacted = `${redacted.slice(0, MAX_EXEMPLAR_CHARS - 1)}…`;
  return storableText(redacted);
}
