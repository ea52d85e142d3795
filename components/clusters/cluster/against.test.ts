import { describe, expect, it } from 'vitest';
import { type AgainstInput, againstText } from './against';

const row = (kind: string, scoreWithout: number) => ({
  kind,
  scoreWithout,
  members: 10,
  population: 10,
  expected: 0.1,
  points: 5,
  valueCount: 1,
  values: [],
  detail: null,
});
const clean: AgainstInput = {
  accounts: 1204,
  weakAccounts: 0,
  payingAccounts: 0,
  enterpriseAccounts: 0,
  verifiedAccounts: 0,
  retentionAlone: false,
  score: 41.6,
  allEvidence: [row('payment', 33), row('device', 36)],
};

describe('againstText()', () => {
  it('says so when nothing speaks against it', () => {
    expect(againstText(clean)).toContain('nothing found');
  });

  it('counts who would be hit wrongly, with the share of those who pay', () => {
    const text = againstText({
      ...clean,
      payingAccounts: 61,
      enterpriseAccounts: 2,
      verifiedAccounts: 1,
      weakAccounts: 14,
    });
    expect(text).toBe(
      'Against it: 1 account of verified organizations is inside; 2 enterprise seats; 61 of 1,204 pay (5.1\u00a0%); 14 more accounts are linked too weakly to be acted on.',
    );
  });

  it('tells when the severity rests on one kind', () => {
    expect(againstText({ ...clean, allEvidence: [row('payment', 11.2), row('device', 36)] })).toContain(
      'without payment instrument it scores 11.2, low',
    );
  });

  it('says when one kind alone holds it', () => {
    expect(againstText({ ...clean, retentionAlone: true, allEvidence: [row('payment', 0)] })).toContain(
      'one kind of evidence alone',
    );
  });
});
