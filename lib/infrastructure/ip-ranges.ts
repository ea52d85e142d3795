/**
 * Which of many networks an address lies in. CIDR blocks are nested or apart, never crossing, so the last block that
 * begins at or before an address holds it, or one of those around that block does. Pure.
 */
import { carriedIp, isIn, type Range, readRange } from '@/lib/outgoing/read-ip';

/** Where a network begins and ends; a number for IPv4, a bigint for IPv6. */
export type Span = { first: number; last: number } | { first: bigint; last: bigint };

const MAPPED = readRange('::ffff:0:0/96')!;

/** "203.0.113.0/24", "2001:db8::/32" or one address. Null when it is none of these.
 * @throws RangeError with the network that was probably meant when the address has bits beyond its length */
export function readCidr(text: string): { cidr: string; bits: number; span: Span } | null {
  const range = readRange(text.split('%')[0]!);
  if (!range || Number.isNaN(range.bits)) return null;
  const { bytes, bits } = unmapped(range);
  const start = bytes.slice();
  for (let bit = bits; bit < bytes.length * 8; bit++) start[bit >> 3]! &= ~(0x80 >> (bit & 7));
  const cidr = `${ipText(start)}/${bits}`;
  if (start.some((byte, i) => byte !== bytes[i])) throw new RangeError(cidr);
  return { cidr, bits, span: spanOf(start, bits) };
}

/** The span of an address or network as indicators write them; null when it is neither. */
export function readSpan(text: string): Span | null {
  const quick = quickIpv4(text);
  if (quick >= 0) return { first: quick, last: quick };
  const range = readRange(text.split('%')[0]!);
  if (!range || Number.isNaN(range.bits)) return null;
  const { bytes, bits } = unmapped(range);
  return spanOf(bytes, bits);
}

/** An IPv4 address in IPv6 clothes is that IPv4 address. */
function unmapped({ bytes, bits }: Range): Range {
  const inside = bytes.length === 16 && bits >= 96 && isIn(bytes, MAPPED);
  return inside ? { bytes: carriedIp(bytes), bits: bits - 96 } : { bytes, bits };
}

function spanOf(bytes: Uint8Array, bits: number): Span {
  if (bytes.length === 4) {
    const first = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    return { first, last: first + 2 ** (32 - bits) - 1 };
  }
  const first = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return { first, last: first + 2n ** BigInt(128 - bits) - 1n };
}

/** A million addresses are read at each run: without making arrays. -1 for what is no plain IPv4 address. */
function quickIpv4(text: string): number {
  let sum = 0;
  let part = -1;
  let dots = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 46;
    if (code === 46) {
      if (part < 0 || part > 255) return -1;
      sum = sum * 256 + part;
      part = -1;
      dots++;
    } else if (code >= 48 && code <= 57 && part !== 0) {
      part = (part < 0 ? 0 : part * 10) + code - 48;
    } else return -1;
  }
  return dots === 4 ? sum : -1;
}

function ipText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[i * 2]! << 8) | bytes[i * 2 + 1]!).toString(16));
  const longest = /\b0(?::0)+\b/g;
  const runs = [...groups.join(':').matchAll(longest)].sort((a, b) => b[0].length - a[0].length);
  const [run] = runs;
  if (!run) return groups.join(':');
  const all = groups.join(':');
  const [before, after] = [all.slice(0, run.index), all.slice(run.index + run[0].length)];
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`;
}

/** Networks, each with a label, ready to be asked. */
export class IpRanges {
  private readonly v4: Nested<number>;
  private readonly v6: Nested<bigint>;

  constructor(networks: readonly { span: Span; label: number }[]) {
    this.v4 = new Nested(networks.flatMap(({ span, label }) => (isV4(span) ? [{ ...span, label }] : [])));
    this.v6 = new Nested(networks.flatMap(({ span, label }) => (isV4(span) ? [] : [{ ...span, label }])));
  }

  /** The label of the smallest network that holds all of it, or -1. */
  find(span: Span): number {
    return isV4(span) ? this.v4.find(span.first, span.last) : this.v6.find(span.first, span.last);
  }

  /** The label of some network that lies inside it, or -1. */
  findInside(span: Span): number {
    return isV4(span) ? this.v4.inside(span.first, span.last) : this.v6.inside(span.first, span.last);
  }
}

function isV4(span: Span): span is { first: number; last: number } {
  return typeof span.first === 'number';
}

class Nested<T extends number | bigint> {
  private readonly first: T[];
  private readonly last: T[];
  private readonly label: number[];
  /** Position of the block around each, or -1. */
  private readonly around: Int32Array;

  constructor(blocks: { first: T; last: T; label: number }[]) {
    const sorted = blocks.sort((a, b) => order(a.first, b.first) || order(b.last, a.last));
    this.first = sorted.map((block) => block.first);
    this.last = sorted.map((block) => block.last);
    this.label = sorted.map((block) => block.label);
    this.around = new Int32Array(sorted.length);
    const open: number[] = [];
    for (let i = 0; i < sorted.length; i++) {
      while (open.length > 0 && this.last[open.at(-1)!]! < this.first[i]!) open.pop();
      this.around[i] = open.at(-1) ?? -1;
      open.push(i);
    }
  }

  find(first: T, last: T): number {
    for (let i = this.lastUpTo(first); i >= 0; i = this.around[i]!) {
      if (this.last[i]! >= last) return this.label[i]!;
    }
    return -1;
  }

  inside(first: T, last: T): number {
    const at = this.lastUpTo(last);
    return at >= 0 && this.first[at]! >= first ? this.label[at]! : -1;
  }

  /** Position of the last block that begins at or before it, or -1. */
  private lastUpTo(start: T): number {
    let low = 0;
    let high = this.first.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.first[middle]! <= start) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

const order = <T extends number | bigint>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
