import { describe, expect, test } from 'vitest';
import type { DeskStatus, Overview } from '@/lib/clusters/overview-schema';
import { healthLines } from './health-lines';

const now = Date.parse('2026-09-24T12:00:00Z');
const at = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const none = { total: 0, rows: [] };

function overview(part: Partial<Overview> = {}): Overview {
  return {
    reopened: none,
    unclaimed: none,
    mine: none,
    queue: {
      notDismissed: 0,
      oldestUnclaimedAt: null,
      late: 0,
      claimHours: 48,
      confirmed30d: 0,
      dismissed30d: 0,
      medianClaimSeconds: null,
    },
    ingest: {
      source: 'records.ndjson.gz',
      state: 'done',
      startedAt: at(9),
      finishedAt: at(8),
      accepted: 150_000,
      rejected: 12,
      duplicates: 0,
    },
    conflicts: 0,
    lines: { accepted: 150_000, rejected: 12 },
    detection: { finishedAt: at(2), seconds: 41, accounts: 3_098, clusters: 5 },
    ...part,
  };
}
const status: DeskStatus = {
  simulated: false,
  detection: { finishedAt: at(2), accounts: 3_098, seconds: 41 },
  killSwitch: null,
  lastRecordAt: at(8),
  counts: { clusters: 5, approvalsForMe: 0, appealsForMe: 0, reviewsForMe: 0, unread: 0 },
};
const watched = (o: Overview, s = status) =>
  healthLines(o, s, now)
    .filter((line) => line.watch)
    .map((line) => line.part);

describe('healthLines', () => {
  test('a desk that works needs no look, and each figure has its comparison', () => {
    expect(watched(overview())).toEqual([]);
    expect(
      healthLines(overview(), status, now).map(({ figure, comparison }) => [figure, comparison]),
    ).toEqual([
      ['8 min ago', '150 k lines, records.ndjson.gz'],
      ['<0.1\u00a0%', '12 of 150 k lines, limit 1\u00a0%'],
      ['8 min behind', 'limit 1 h'],
      ['41 s, 2 min ago', '5 clusters found'],
    ]);
  });

  test('an empty desk says what to run', () => {
    const lines = healthLines(
      overview({ ingest: null, detection: null, lines: { accepted: 0, rejected: 0 } }),
      { ...status, detection: null, lastRecordAt: null },
      now,
    );
    expect(lines.map((line) => line.comparison)).toEqual([
      'npm run -s weir -- ingest FILE',
      'npm run -s weir -- detect',
    ]);
  });

  test('a failed run, many rejected lines and old records are to be watched', () => {
    const ingest = { ...overview().ingest!, state: 'failed' as const };
    expect(watched(overview({ ingest }))).toEqual(['Ingest']);
    expect(watched(overview({ lines: { accepted: 90, rejected: 10 } }))).toEqual(['Rejected']);
    expect(watched(overview(), { ...status, lastRecordAt: at(200) })).toEqual(['Newest record']);
  });
});
