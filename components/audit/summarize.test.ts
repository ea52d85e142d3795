import { describe, expect, test } from 'vitest';
import { foldWords, summarize, valueLines } from './summarize';

const entry = { verb: 'x.y', outcome: 'done', reason: null, before: null, after: null, detail: null };

describe('summarize', () => {
  test('a reason stands for itself', () => {
    expect(summarize({ ...entry, reason: 'One card.', after: { status: 'confirmed' } })).toBe('One card.');
  });

  test('without a reason it is what changed', () => {
    const before = { status: 'open', assignee: null, score: 3 };
    expect(summarize({ ...entry, before, after: { status: 'in_review', assignee: 'Kofi', score: 3 } })).toBe(
      'status open → in_review, assignee null → Kofi',
    );
  });

  test('else its single figures, never its lists', () => {
    expect(summarize({ ...entry, detail: { stage: 2, done: 1, accounts: [{ id: 'acct_1' }] } })).toBe(
      'stage 2, done 1',
    );
  });

  test('a proposal says what and how many, an approval which of how many on which list', () => {
    const detail = { action: 'require_verification', accounts: 2183 };
    expect(summarize({ ...entry, verb: 'proposal.create', reason: 'One card.', detail })).toBe(
      'require verification, 2,183 accounts',
    );
    expect(
      summarize({
        ...entry,
        verb: 'proposal.approve',
        detail: { approvals: 1, approvalsRequired: 2, sha256: '9f2c41d0aaaaaab2' },
      }),
    ).toBe('1 of 2, list 9f2c41d0…b2');
  });

  test('a batch says its stage as people count', () => {
    const detail = { stage: 0, done: 9, dead: 1, accounts: [] };
    expect(summarize({ ...entry, verb: 'enforcement.apply', detail })).toBe('stage 1: 9 done, 1 given up');
  });

  test('a refusal says why', () => {
    const refused = { ...entry, verb: 'proposal.create', outcome: 'refused', detail: { accounts: 3 } };
    expect(summarize({ ...refused, reason: 'Own proposal' })).toBe('Own proposal');
  });
});

describe('foldWords', () => {
  const fold = { entries: 3, firstId: 1, firstAt: '', stages: [0, 1], done: 1031, dead: 2, skipped: 0 };
  test.each([
    [fold, 'stages 1 and 2: 1,031 done, 2 given up'],
    [{ ...fold, stages: [2], dead: 0, skipped: 1 }, 'stage 3: 1,031 done, 1 skipped'],
    [{ ...fold, stages: [], done: 0, dead: 0 }, 'nothing done yet'],
  ])('%#', (given, words) => {
    expect(foldWords(given)).toBe(words);
  });
});

describe('valueLines', () => {
  test('a list of objects is a line each', () => {
    expect(
      valueLines([
        { id: 'acct_1', try: 2 },
        { id: 'acct_2', try: 1 },
      ]),
    ).toEqual(['id acct_1 · try 2', 'id acct_2 · try 1']);
    expect(valueLines([])).toEqual(['none']);
    expect(valueLines(1183)).toEqual(['1,183']);
  });
});
