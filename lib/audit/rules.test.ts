import { describe, expect, it } from 'vitest';
import { hideAddresses, hideSensitive, isReadVerb } from './rules';

describe('hideAddresses()', () => {
  it.each([
    ['from 203.0.113.9, twice', 'from hidden, twice'],
    ['203.0.113.0/24', 'hidden/24'],
    ['2001:db8::7 and ::1', 'hidden and hidden'],
    ['2001:0db8:0000:0000:0000:0000:0000:0007', 'hidden'],
    ['::ffff:203.0.113.9', 'hidden'],
    ['Bob <bob.x+1@mail.evil.example>', 'Bob <hidden>'],
  ])('takes it out of %s', (text, shown) => {
    expect(hideAddresses(text)).toBe(shown);
  });

  it.each([
    'All 412 on one card; 38 of 40, expected 0.02',
    'at 08:30 or 08:30:15',
    '2026-09-24T08:30:15Z',
    'P-318: stage 1 and 2',
    'sha256 9f2c41d0b2',
    'version 1.2.3',
  ])('leaves %s as it is', (text) => {
    expect(hideAddresses(text)).toBe(text);
  });
});

describe('hideSensitive()', () => {
  it('keeps counts and states, and hides prompts, names and addresses at any depth', () => {
    expect(
      hideSensitive({
        status: 'open',
        emails: 3,
        list: [{ displayName: 'Bob', ip: '203.0.113.9', members: 2, phone: null }],
        exemplars: ['Say it'],
        note: 'from 203.0.113.9',
      }),
    ).toEqual({
      status: 'open',
      emails: 3,
      list: [{ displayName: 'hidden', ip: 'hidden', members: 2, phone: null }],
      exemplars: 'hidden',
      note: 'from hidden',
    });
    expect(hideSensitive(null)).toBeNull();
  });
});

describe('isReadVerb()', () => {
  it('is true of what showed somebody something', () => {
    expect(['account.read', 'data.export', 'cluster.read_evidence'].every(isReadVerb)).toBe(true);
    expect(['cluster.confirm', 'user.readmit', 'records.ingest'].some(isReadVerb)).toBe(false);
  });
});
