/** IP addresses as bytes, and which of them lie on the open internet. Pure. */

/** The bytes of an address, 4 or 16, or null when the text is none. IPv4 counts only in its usual four-part form. */
export function readIp(text: string): Uint8Array | null {
  return text.includes(':') ? readIpv6(text) : readIpv4(text);
}

function readIpv4(text: string): Uint8Array | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return null;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? Uint8Array.from(bytes) : null;
}

function readIpv6(text: string): Uint8Array | null {
  // A zone (fe80::1%eth0) picks the interface and says nothing of where the address leads.
  const [address = ''] = text.split('%');
  const halves = address.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : readGroups(half)));
  if (!head || tail === null) return null;
  if (tail === undefined) return head.length === 16 ? Uint8Array.from(head) : null;
  const gap = 16 - head.length - tail.length;
  if (gap < 2) return null;
  return Uint8Array.from([...head, ...new Array<number>(gap).fill(0), ...tail]);
}

/** Bytes of groups between colons; the last may be an IPv4 address. */
function readGroups(text: string): number[] | null {
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    if (index === groups.length - 1 && group.includes('.')) {
      const four = readIpv4(group);
      if (!four) return null;
      bytes.push(...four);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(group)) return null;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
    }
  }
  return bytes;
}

export interface Range {
  bytes: Uint8Array;
  bits: number;
}

/** "10.0.0.0/8", "fd00::/8", or one address alone. Null when it is neither. */
export function readRange(text: string): Range | null {
  const [address = '', length, ...more] = text.split('/');
  const bytes = readIp(address);
  if (!bytes || more.length > 0) return null;
  if (length === undefined) return { bytes, bits: bytes.length * 8 };
  const bits = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  return bits <= bytes.length * 8 ? { bytes, bits } : null;
}

export function isIn(address: Uint8Array, { bytes, bits }: Range): boolean {
  if (address.length !== bytes.length) return false;
  for (let index = 0; index * 8 < bits; index++) {
    const mask = 0xff & (0xff00 >> Math.min(8, bits - index * 8));
    if (((address[index] ?? 0) ^ (bytes[index] ?? 0)) & mask) return false;
  }
  return true;
}

const ranges = (...texts: string[]): Range[] => texts.map((text) => readRange(text)!);

/** IPv4 that leads nowhere public: IANA's special-purpose registry, multicast, and what clouds answer metadata on. */
const CLOSED_V4 = ranges(
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
);

/** The one part of IPv6 that is routed publicly, and what is taken out of it. */
const OPEN_V6 = ranges('2000::/3');
const CLOSED_V6 = ranges('2001::/23', '2001:db8::/32', '3fff::/20');

/** IPv6 that carries an IPv4 address, and at which byte: mapped, compatible, translated (NAT64), 6to4. */
const CARRIERS: readonly (readonly [Range, number])[] = [
  [readRange('::ffff:0:0/96')!, 12],
  [readRange('::/96')!, 12],
  [readRange('64:ff9b::/96')!, 12],
  [readRange('2002::/16')!, 2],
];

/** The IPv4 address that an IPv6 one carries, or the address itself. */
export function carriedIp(address: Uint8Array): Uint8Array {
  const carrier = CARRIERS.find(([range]) => isIn(address, range));
  return carrier ? address.slice(carrier[1], carrier[1] + 4) : address;
}

/** True when the address lies on the open internet: not this machine, its network, a cloud's metadata or a range that
 * is set aside. */
export function isPublic(address: Uint8Array): boolean {
  const inner = carriedIp(address);
  if (inner.length === 4) return !CLOSED_V4.some((range) => isIn(inner, range));
  return OPEN_V6.some((range) => isIn(inner, range)) && !CLOSED_V6.some((range) => isIn(inner, range));
}
