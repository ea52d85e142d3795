/** Which passwords people may choose, after NIST SP 800-63B-4, 3.1.1.2: long, not among those that are tried first, and
 * no rules about their composition. Pure. */
import { COMMON_PASSWORDS } from './common-passwords';

/** Code points. Beside a second factor NIST would let eight do; one rule for all outlives the factor's removal. */
export const MIN_LENGTH = 15;
/** Longer ones cost more to hash than anybody types. */
const MAX_LENGTH = 256;

/** One form for what looks the same, so that another keyboard types the same password (NIST asks for it). */
export function normalizePassword(password: string): string {
  return password.normalize('NFKC');
}

/** Why this password is not taken, in words that say what to do; null when it is fine. */
export function passwordProblem(password: string, person: { email: string; name: string }): string | null {
  const text = normalizePassword(password);
  const length = [...text].length;
  if (length < MIN_LENGTH)
    return `Use at least ${MIN_LENGTH} characters; a sentence of a few words does well.`;
  if (length > MAX_LENGTH) return `Use at most ${MAX_LENGTH} characters.`;
  const own = [...person.email.split(/[@.+_-]/), ...person.name.split(/\s+/), 'weir'];
  if (!isStrange(text.toLowerCase(), own))
    return 'This one is among those that are tried first: a common password, a pattern, or your own name. Choose another.';
  return null;
}

/** True when, without what everybody would try, enough is left. */
function isStrange(text: string, own: readonly string[]): boolean {
  if (COMMON_PASSWORDS.has(text) || COMMON_PASSWORDS.has(unfold(text))) return false;
  if (new Set(text).size < 5) return false;
  if (isRun(text)) return false;
  let left = text;
  for (const word of own.map((part) => part.toLowerCase()).filter((part) => part.length > 2))
    left = left.replaceAll(word, '');
  // A common word at its core, with figures and signs around it, is what guessing programs make first.
  const core = unfold(left.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')).replaceAll(/[^\p{L}]+/gu, '');
  if (COMMON_PASSWORDS.has(core)) return false;
  return !isRepeated(text) && !isRepeated(left) && [...left].length >= 8;
}

const LEET: Record<string, string> = {
  0: 'o',
  1: 'l',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const unfold = (text: string) => text.replaceAll(/[013457@$!]/g, (sign) => LEET[sign] ?? sign);

const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
];

/** A piece of the alphabet, the figures or the keyboard, forward or backward. */
function isRun(text: string): boolean {
  const back = [...text].reverse().join('');
  return RUNS.some((run) => (run + run).includes(text) || (run + run).includes(back));
}

/** One short piece over and over. */
function isRepeated(text: string): boolean {
  for (let size = 1; size <= Math.min(6, text.length / 2); size++) {
    const piece = text.slice(0, size);
    if (piece.repeat(Math.ceil(text.length / size)).startsWith(text)) return true;
  }
  return false;
}
