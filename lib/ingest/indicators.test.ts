import { describe, expect, it } from 'vitest';
import { classifierLabel } from './indicators';

describe('classifierLabel()', () => {
  it('takes the first name of a classifier and passes over text and a gateway’s tags', () => {
    expect(classifierLabel(['team:blue', 'please grade this essay', 'policy.distill-v2'])).toBe(
      'policy.distill-v2',
    );
    expect(classifierLabel(['x'.repeat(49), '7', ''])).toBeUndefined();
    expect(classifierLabel(undefined)).toBeUndefined();
  });
});
