import { describe, expect, it } from 'vitest';
import { readDestinations, targetOf } from './read-destinations';
import { waitSeconds } from './stream-round';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

describe('where the log is streamed to', () => {
  it('is nowhere unless the deployment says so', () => {
    expect(readDestinations({})).toEqual([]);
    expect(readDestinations({ WEIR_SIEM_URL: ' ', WEIR_SIEM_FILE: '' })).toEqual([]);
  });

  it('may be an address with its secrets, and a file', () => {
    const found = readDestinations({
      WEIR_SIEM_URL: 'https://siem.example/in?token=t0p',
      WEIR_SIEM_SECRET: `${SECRET} ${SECRET}`,
      WEIR_SIEM_FILE: '/var/log/weir/audit.ndjson',
    });
    expect(found).toMatchObject([
      { kind: 'webhook', secrets: [SECRET, SECRET] },
      { kind: 'file', path: '/var/log/weir/audit.ndjson' },
    ]);
    expect(found.map(targetOf)).toEqual(['siem.example', '/var/log/weir/audit.ndjson']);
    expect(new Set(found.map(({ id }) => id)).size).toBe(2);
  });

  it.each([
    [{ WEIR_SIEM_URL: 'siem.example', WEIR_SIEM_SECRET: SECRET }, /WEIR_SIEM_URL/],
    [{ WEIR_SIEM_URL: 'ftp://siem.example', WEIR_SIEM_SECRET: SECRET }, /WEIR_SIEM_URL/],
    [{ WEIR_SIEM_URL: 'https://siem.example' }, /WEIR_SIEM_SECRET/],
    [{ WEIR_SIEM_URL: 'https://siem.example', WEIR_SIEM_SECRET: 'whsec_short' }, /WEIR_SIEM_SECRET/],
    [{ WEIR_SIEM_FILE: 'audit.ndjson' }, /WEIR_SIEM_FILE/],
  ])('%o is refused with its name', (env, words) => {
    expect(() => readDestinations(env)).toThrow(words);
  });
});

describe('waitSeconds()', () => {
  it('doubles up to five minutes', () => {
    expect([1, 2, 3, 8, 9, 1_000].map(waitSeconds)).toEqual([2, 4, 8, 256, 300, 300]);
  });
});
