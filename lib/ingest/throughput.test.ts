import { describe, expect, it } from 'vitest';
import type { IngestRunRow } from './run-schema';
import { linesPerSecond, measureThroughput } from './throughput';

function run(lines: number, seconds: number, state: IngestRunRow['state'] = 'done'): IngestRunRow {
  const span = {
    startedAt: '2026-08-01T00:00:00.000Z',
    finishedAt: state === 'running' ? null : new Date(Date.UTC(2026, 7, 1) + seconds * 1000).toISOString(),
    accepted: lines - 2,
    rejected: 1,
    duplicates: 1,
  };
  return {
    ...span,
    id: 1,
    source: 'a',
    format: 'weir',
    state,
    simulated: false,
    lastRecordAt: null,
    unknownKeys: 0,
    linesPerSecond: linesPerSecond(span),
  };
}

describe('measureThroughput', () => {
  it('compares the newest whole run with the median of those before, rejects and duplicates counted', () => {
    expect(measureThroughput([run(9_000, 3), run(2_000, 2), run(8_000, 2)])).toEqual({
      newest: 3_000,
      median: 3_000,
      runs: 3,
    });
  });

  it('leaves out runs that are short, failed or under way', () => {
    expect(measureThroughput([run(10, 5), run(9_000, 1, 'failed'), run(9_000, 1, 'running')])).toBeNull();
  });
});
