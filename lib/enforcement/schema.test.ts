import { describe, expect, it } from 'vitest';
import { previewSchema } from './propose-schema';
import { answerSchema, steerSchema } from './schema';

describe('an id that no database holds', () => {
  it.each([2_147_483_648, 9_007_199_254_740_991, 0, 'x'])('%s names no proposal and no cluster', (id) => {
    const words = [
      answerSchema.safeParse({ proposalId: id, verdict: 'approve', reason: 'fine', sha256: 'a'.repeat(64) }),
      steerSchema.safeParse({ proposalId: id, to: 'stop', reason: 'fine' }),
      previewSchema.safeParse({ clusterId: id, action: 'ban' }),
    ].map((parsed) => parsed.error?.issues[0]?.message);
    const proposal = 'There is no such proposal. Open it from the list again.';
    expect(words).toEqual([proposal, proposal, 'There is no such cluster. Look for it in the queue.']);
  });
});
