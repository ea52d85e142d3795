import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIn, isPublic, readIp, readRange } from './read-ip';

const open = (text: string) => isPublic(readIp(text)!);

describe('isPublic()', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '198.19.0.1',
    '203.0.113.7',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fd00:ec2::254',
    'fc00::1',
    'ff02::1',
    '2001:db8::1',
    '2001::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:169.254.169.254',
    '0:0:0:0:0:ffff:0a00:1',
    '::10.0.0.1',
    '64:ff9b::10.0.0.1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2002:a9fe:a9fe::1',
  ])('is false of %s', (text) => {
    expect(open(text)).toBe(false);
  });

  it.each([
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
  ])('is true of %s', (text) => {
    expect(open(text)).toBe(true);
  });
});

describe('readIp()', () => {
  it('takes no other form of an address', () => {
    for (const text of [
      '',
      '127.1',
      '0177.0.0.1',
      '2130706433',
      '0x7f.0.0.1',
      '1.2.3.4.5',
      '256.1.1.1',
      ':::',
      '1::2::3',
      'g::1',
      '1:2:3',
      '12345::',
    ])
      expect(readIp(text), text).toBeNull();
  });

  it('reads an IPv6 address the same however it is shortened', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }), (groups) => {
        const long = groups.map((group) => group.toString(16).padStart(4, '0')).join(':');
        const short = new URL(`http://[${long}]`).hostname.slice(1, -1);
        expect(readIp(short)).toEqual(readIp(long));
      }),
    );
  });
});

describe('isIn()', () => {
  it('compares so many leading bits, in one family only', () => {
    expect(isIn(readIp('10.7.0.1')!, readRange('10.0.0.0/13')!)).toBe(true);
    expect(isIn(readIp('10.8.0.1')!, readRange('10.0.0.0/13')!)).toBe(false);
    expect(isIn(readIp('1.2.3.4')!, readRange('0.0.0.0/0')!)).toBe(true);
    expect(isIn(readIp('::1')!, readRange('0.0.0.0/0')!)).toBe(false);
    for (const text of ['10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/', '10.0.0.0/8/8', 'x/8'])
      expect(readRange(text), text).toBeNull();
  });
});
