import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIn, readIp, readRange } from '@/lib/outgoing/read-ip';
import { IpRanges, readCidr, readSpan } from './ip-ranges';

const rangesOf = (...cidrs: string[]) =>
  new IpRanges(cidrs.map((cidr, label) => ({ span: readCidr(cidr)!.span, label })));

describe('IpRanges', () => {
  const octet = fc.integer({ min: 0, max: 3 });
  const address = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));
  const network = fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([ip, bits]) => {
    const range = readRange(`${ip}/${bits}`)!;
    const bytes = range.bytes.map(
      (byte, i) => byte & (0xff00 >> Math.max(0, Math.min(8, bits - i * 8))) & 0xff,
    );
    return `${bytes.join('.')}/${bits}`;
  });

  it('finds the smallest network around an address, as going through all of them does', () => {
    fc.assert(
      fc.property(fc.uniqueArray(network, { maxLength: 40 }), address, (networks, ip) => {
        const holding = networks.filter((cidr) => isIn(readIp(ip)!, readRange(cidr)!));
        const smallest = Math.max(...holding.map((cidr) => readRange(cidr)!.bits));
        const found = rangesOf(...networks).find(readSpan(ip)!);
        expect(found < 0 ? Number.NEGATIVE_INFINITY : readRange(networks[found]!)!.bits).toBe(smallest);
      }),
    );
  });

  it('takes a network only when all of it lies inside, and tells what lies inside one', () => {
    const ranges = rangesOf('198.51.100.0/25', '203.0.113.0/24', '2001:db8::/32');
    expect(ranges.find(readSpan('198.51.100.0/24')!)).toBe(-1);
    expect(ranges.findInside(readSpan('198.51.100.0/24')!)).toBe(0);
    expect(ranges.find(readSpan('203.0.113.0/24')!)).toBe(1);
    expect(ranges.find(readSpan('2001:db8:1::/48')!)).toBe(2);
    expect(ranges.find(readSpan('2001:db9::1')!)).toBe(-1);
    expect(ranges.find(readSpan('::ffff:203.0.113.9')!)).toBe(1);
  });
});

describe('readCidr()', () => {
  it('writes networks in one way and says which was meant when bits are left over', () => {
    expect(readCidr('2001:0DB8:0:0::/32')?.cidr).toBe('2001:db8::/32');
    expect(readCidr('::/0')?.cidr).toBe('::/0');
    expect(readCidr('203.0.113.7')?.cidr).toBe('203.0.113.7/32');
    expect(() => readCidr('203.0.113.7/24')).toThrow('203.0.113.0/24');
    for (const text of [
      '203.0.113.0/33',
      '203.0.113',
      '1.2.3.4.5',
      '01.2.3.4',
      '256.1.1.1',
      'x',
      '',
      '1.2.3.4/',
    ])
      expect([text, readCidr(text)]).toEqual([text, null]);
  });
});
