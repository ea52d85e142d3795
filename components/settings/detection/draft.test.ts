import { describe, expect, it } from 'vitest';
import { defaultConfig } from '@/lib/detection/schema';
import { changeOf, differences, draftOf, problemOf } from './draft';

describe('a draft of detection’s settings', () => {
  const current = { ...defaultConfig, lambda: { ip: 0.4 } };

  it('asks for what differs alone; a weight put back to the shipped one is no override any more', () => {
    expect(changeOf({ minSize: '5', popularFrom: '0.03' }, current)).toEqual({ popularFrom: 0.03 });
    expect(changeOf({ 'lambda.ip': '0.5', 'lambda.device': '0.7' }, current)).toEqual({
      lambda: { device: 0.7 },
    });
    expect(changeOf({ 'lambda.ip': '0.4' }, current)).toEqual({});
  });

  it('says the range of what lies outside it', () => {
    const field = { min: 3, max: 1000, whole: true };
    expect(['7', '2', '7.5', '', 'x'].map((text) => problemOf(text, field))).toEqual([
      null,
      '3 to 1000',
      'A whole number',
      'A number, please',
      'A number, please',
    ]);
  });

  it('leads from one version to another and back', () => {
    const other = { ...defaultConfig, minSize: 9 };
    expect(differences(current, other).map(({ field, before, after }) => [field, before, after])).toEqual([
      ['minSize', 5, 9],
      ['lambda.ip', 0.4, 0.5],
    ]);
    expect(changeOf(draftOf(other, current), current)).toEqual({ minSize: 9, lambda: {} });
  });
});
