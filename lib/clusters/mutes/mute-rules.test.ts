import { describe, expect, it } from 'vitest';
import { changedSince, type FoundPattern, restsOn } from './mute-rules';

const pattern = {
  id: 1,
  accounts: 20,
  kinds: ['ip', 'device', 'content'],
  values: [
    { kind: 'ip', indicatorId: '1' },
    { kind: 'device', indicatorId: '2' },
  ],
};
const row = (kind: string, points: number, ...values: [id: string, members: number][]) => ({
  kind,
  points,
  values: values.map(([indicatorId, members]) => ({ indicatorId, members })),
});
const found = (accounts: number, ...evidence: FoundPattern['evidence']): FoundPattern => ({
  accounts,
  evidence,
});

describe('a muted pattern', () => {
  it('holds what rests on its values for at least half of the points that values carry', () => {
    expect(
      restsOn(found(20, row('ip', 10, ['1', 12]), row('device', 5, ['9', 4]), row('content', 30)), pattern),
    ).toBe(true);
    expect(restsOn(found(20, row('ip', 4, ['1', 12]), row('device', 9, ['9', 4])), pattern)).toBe(false);
    expect(restsOn(found(20, row('ip', 10, ['1', 5], ['8', 12])), pattern)).toBe(false);
  });

  it('is nobody’s by content alone, nor by the same id under another kind', () => {
    expect(restsOn(found(20, row('content', 30)), pattern)).toBe(false);
    expect(restsOn(found(20, row('payment', 30, ['1', 20])), pattern)).toBe(false);
  });

  it('lets go of what has a new kind of evidence or is much larger', () => {
    expect(changedSince(found(25, row('ip', 10), row('payment', 2)), pattern)).toBeNull();
    expect(changedSince(found(25, row('ip', 10), row('payment', 3)), pattern)).toBe(
      'new kind of evidence: payment',
    );
    expect(changedSince(found(40, row('ip', 10)), pattern)).toBe('grew from 20 to 40 accounts');
    expect(changedSince(found(8, row('ip', 10)), { ...pattern, accounts: 4 })).toBeNull();
  });
});
