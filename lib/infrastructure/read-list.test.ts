import { describe, expect, it } from 'vitest';
import { readList } from './read-list';

describe('readList()', () => {
  it('takes networks, addresses and values of a kind; comments, empty lines and a heading are no lines', () => {
    const read = readList(
      '\uFEFFcidr\r\n# exits\r\n203.0.113.0/24   ; Frankfurt\r\n\r\n198.51.100.7\r\nclient_fingerprint,ja4_t13d\r\nsystem_prompt\t"You are, ""helpful"""\r\nip,2001:db8::1\r\n',
    );
    expect(read.bad).toEqual([]);
    expect(read.lines).toBe(5);
    expect(read.entries.map(({ line, kind, value, held }) => [line, kind, value, held])).toEqual([
      [3, 'cidr', '203.0.113.0/24', null],
      [5, 'cidr', '198.51.100.7/32', null],
      [6, 'client_fingerprint', 'ja4_t13d', null],
      [7, 'system_prompt', 'You are, "helpful"', null],
      [8, 'cidr', '2001:db8::1/128', null],
    ]);
  });

  it('names bad lines by number and takes the rest; repetitions are counted', () => {
    const read = readList('203.0.113.9/24\nnonsense\n203.0.113.0/24\n203.0.113.0/24\nasn,AS64500\ndevice,\n');
    expect(read.entries.map((entry) => entry.line)).toEqual([3]);
    expect(read.repeated).toBe(1);
    expect(read.bad.map((each) => each.line)).toEqual([1, 2, 5, 6]);
    expect(read.bad[0]?.reason).toContain('203.0.113.0/24');
    expect(read.bad[2]?.reason).toContain('networks');
  });

  it('holds networks that are too wide and values that identify an account', () => {
    const read = readList('0.0.0.0/0\n10.0.0.0/8\n10.0.0.0/12\n::/0\n2001:db8::/32\npayment,card_1\n');
    expect(read.entries.map(({ value, held }) => [value, held])).toEqual([
      ['0.0.0.0/0', 'wide'],
      ['10.0.0.0/8', 'wide'],
      ['10.0.0.0/12', null],
      ['::/0', 'wide'],
      ['2001:db8::/32', null],
      ['card_1', 'identity'],
    ]);
  });
});
