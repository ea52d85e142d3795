import { describe, expect, it } from 'vitest';
import { readFilter } from './queue-filter';
import { clusterIdSchema, commentSchema, decideSchema } from './schema';

const TOO_LARGE = [2_147_483_648, 9_007_199_254_740_991, 1e300];
const NONE = [0, -1, 1.5, 'x', Number.NaN];

describe("a cluster's id", () => {
  it('is any id that the database holds, as a number or as text', () => {
    expect([1, 2_147_483_647, '12'].map((id) => clusterIdSchema.parse(id))).toEqual([1, 2_147_483_647, 12]);
  });

  it.each([...TOO_LARGE, ...NONE])('%s names no cluster, and says so', (clusterId) => {
    const reason = { reasonCode: 'other', reason: 'looked at it' };
    for (const parsed of [
      decideSchema.safeParse({ verdict: 'confirm', clusterId, ...reason }),
      decideSchema.safeParse({ verdict: 'dismiss', clusterId, ...reason }),
      decideSchema.safeParse({ verdict: 'reopen', clusterId, ...reason, reasonCode: 'person' }),
      commentSchema.safeParse({ clusterId, body: 'hello' }),
    ]) {
      expect(parsed.error?.issues[0]?.message).toBe('There is no such cluster. Look for it in the queue.');
    }
  });

  it.each(TOO_LARGE)('%s in the address shows no preview', (at) => {
    expect(readFilter([['at', String(at)]]).filter.at).toBeUndefined();
  });
});
