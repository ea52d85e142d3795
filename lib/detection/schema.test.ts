import { describe, expect, it } from 'vitest';
import { detect } from './detect';
import { defaultConfig, detectionConfigSchema } from './schema';
import { World } from './testing/world';

describe('detectionConfigSchema', () => {
  it('takes the defaults, and names every field for people', () => {
    expect(detectionConfigSchema.parse(defaultConfig)).toEqual(defaultConfig);
    for (const field of Object.values(detectionConfigSchema.shape)) {
      if (field === detectionConfigSchema.shape.seed) continue;
      expect(field.meta()?.title).toBeTruthy();
      expect(field.meta()?.description).toBeTruthy();
    }
  });

  it.each([
    [{ acceptRetention: 1.5 }, 'acceptRetention'],
    [{ minSize: 4.5 }, 'minSize'],
    [{ lambda: { payment: 2 } }, 'lambda'],
    [{ weakRetention: 0.7 }, 'weakRetention'],
    [{ popularFrom: 0.3 }, 'popularFrom'],
    [{ minProposed: 6 }, 'minProposed'],
    [{ alpha: Number.NaN }, 'alpha'],
  ])('refuses %o, at that field', (change, field) => {
    const { error } = detectionConfigSchema.safeParse({ ...defaultConfig, ...change });
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });

  it('refuses settings that it does not know', () => {
    expect(detectionConfigSchema.safeParse({ ...defaultConfig, acceptRetentoin: 0.5 }).success).toBe(false);
  });

  it('stops a run that was set out of range', () => {
    expect(() => detect(new World().snapshot(), { ...defaultConfig, leidenIterations: 0 })).toThrow(/Rounds/);
  });
});
