/** What tells a number or a word that names somebody from one that only looks like it. Pure. */
import { isIPv6 } from 'node:net';

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** A payment card: 13 to 19 digits of an issuer's range whose check digit (Luhn) is right. */
export function isCardNumber(text: string): boolean {
  const digits = digitsOf(text);
  if (!/^(?:2[2-7]|3[0-9]|4|5|6)\d{11,18}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

/** An international bank account number whose check digits (ISO 7064, mod 97) are right. */
export function isIban(text: string): boolean {
  const plain = text.replace(/[ -]/g, '').toUpperCase();
  if (plain.length < 15 || plain.length > 34) return false;
  let rest = 0;
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** An address of somebody: not loopback, "any", or a netmask, and no number above 255. */
export function isNamingIpv4(text: string): boolean {
  const parts = text.split('.').map(Number);
  return parts.every((part) => part <= 255) && ![0, 127, 255].includes(parts[0] ?? 0);
}

/** As above. Words with two colons between them, as C++ and Rust have, are none: the first group holds a digit. */
export function isNamingIpv6(text: string): boolean {
  return isIPv6(text) && /^[0-9a-f]*\d[0-9a-f]*:|^f[cdef]/i.test(text) && text !== '::1';
}

const classOf = (code: number): number => {
  if (code >= 48 && code <= 57) return 0;
  if (code >= 65 && code <= 90) return 1;
  if (code >= 97 && code <= 122) return 2;
  return 3;
};

/** Below these shares of changes between digits, capitals and small letters a word was made by a person. */
const CHANGES = 0.4;
const CHANGES_WITH_MANY_DIGITS = 0.33;
const MANY_DIGITS = 0.1;
const CHANGES_WITHOUT_DIGITS = 0.5;
const CHANGES_WITHOUT_CAPITALS = 0.25;
const DIGITS_WITHOUT_CAPITALS = 0.15;

/**
 * Whether a long word is a secret rather than an identifier or a path: in random text every second or third character
 * is of another class than the one before it, in camelCase and snake_case one in five.
 */
export function looksRandom(text: string): boolean {
  const word = text.replace(/=+$/, '');
  let changes = 0;
  const seen = [0, 0, 0, 0];
  for (let i = 0; i < word.length; i++) {
    const kind = classOf(word.charCodeAt(i));
    seen[kind]!++;
    if (i > 0 && kind !== classOf(word.charCodeAt(i - 1))) changes++;
  }
  const [digits = 0, capitals = 0, small = 0, marks = 0] = seen;
  const share = changes / (word.length - 1);
  if (capitals > 0 && small > 0) {
    if (digits === 0) return share >= CHANGES_WITHOUT_DIGITS;
    return share >= (digits / word.length >= MANY_DIGITS ? CHANGES_WITH_MANY_DIGITS : CHANGES);
  }
  if (marks > 0 || digits === 0 || digits === word.length) return false;
  return share >= CHANGES_WITHOUT_CAPITALS && digits / word.length >= DIGITS_WITHOUT_CAPITALS;
}
