import { describe, expect, test } from 'vitest';
import { buildDiff, summarize, valueLines } from './build-diff';

describe('buildDiff', () => {
  test('puts what changed first and keeps what stayed', () => {
    const diff = buildDiff({ accounts: 2417, status: 'in_review' }, { accounts: 2417, status: 'confirmed' });
    expect(diff).toEqual([
      { field: 'status', before: 'in_review', after: 'confirmed', changed: true },
      { field: 'accounts', before: '2,417', after: '2,417', changed: false },
    ]);
  });

  test('tells a missing field from one that is null', () => {
    expect(buildDiff({ assignee: null }, { assignee: null, reason: null })).toEqual([
      { field: 'reason', before: null, after: 'null', changed: true },
      { field: 'assignee', before: 'null', after: 'null', changed: false },
    ]);
  });

  test('an entry that only made something has no before', () => {
    expect(buildDiff(null, { role: 'analyst', kinds: ['ip', 'device'] })).toEqual([
      { field: 'role', before: null, after: 'analyst', changed: true },
      { field: 'kinds', before: null, after: '["ip","device"]', changed: true },
    ]);
  });

  test('fields named like parts of an object’s prototype are plain fields', () => {
    expect(buildDiff({}, JSON.parse('{"constructor":"x"}'))[0]).toMatchObject({ before: null, after: 'x' });
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

describe('summarize', () => {
  const entry = { reason: null, before: null, after: null, detail: null };

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
});
