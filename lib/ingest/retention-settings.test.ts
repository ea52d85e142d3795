import { describe, expect, it, test } from 'vitest';
import { readRetention } from './retention-settings';

describe('readRetention', () => {
  it('keeps raw exchanges 90 days and exemplars 30 unless the deployment says otherwise', () => {
    expect(readRetention({})).toEqual({ rawDays: 90, exemplarDays: 30 });
    expect(readRetention({ WEIR_RAW_DAYS: ' 7 ', WEIR_EXEMPLAR_DAYS: '0' })).toEqual({
      rawDays: 7,
      exemplarDays: 0,
    });
  });

  test.each(['0', '-1', '3651', '90d', '1e3', '7.5', '99999999'])('refuses WEIR_RAW_DAYS=%s', (text) => {
    expect(() => readRetention({ WEIR_RAW_DAYS: text })).toThrow(
      'WEIR_RAW_DAYS is not a whole number from 1 to 3650',
    );
  });
});
