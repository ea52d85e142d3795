import { describe, expect, test } from 'vitest';
import { severityOf } from './severity';

describe('severityOf', () => {
  test.each([
    [30, 'critical'],
    [29.9, 'high'],
    [20, 'high'],
    [12, 'medium'],
    [11.9, 'low'],
  ])('a score of %d is %s', (score, severity) => expect(severityOf(score)).toBe(severity));
});
