import { describe, expect, test } from 'vitest';
import { freshnessOf } from './freshness';

const now = Date.parse('2026-09-24T12:00:00Z');
const at = (hoursAgo: number) => new Date(now - hoursAgo * 3_600_000).toISOString();
const ran = (hoursAgo: number) => ({ finishedAt: at(hoursAgo) });

describe('freshnessOf', () => {
  test('an empty desk is not stale', () => {
    expect(freshnessOf({ simulated: false, detection: null, lastRecordAt: null }, now).stale).toBe(false);
  });

  test('records that no detection has seen are stale', () => {
    expect(freshnessOf({ simulated: false, detection: null, lastRecordAt: at(0) }, now).stale).toBe(true);
    expect(freshnessOf({ simulated: true, detection: ran(2), lastRecordAt: at(1) }, now).stale).toBe(true);
  });

  test('real records stop being fresh after an hour, simulated ones never do', () => {
    expect(freshnessOf({ simulated: false, detection: ran(1), lastRecordAt: at(0.5) }, now).stale).toBe(
      false,
    );
    expect(freshnessOf({ simulated: false, detection: ran(0.1), lastRecordAt: at(2) }, now).stale).toBe(true);
    expect(freshnessOf({ simulated: true, detection: ran(70), lastRecordAt: at(71) }, now).stale).toBe(false);
  });
});
