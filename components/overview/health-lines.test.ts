import { describe, expect, test } from 'vitest';
import type { DeskStatus, Overview } from '@/lib/clusters/overview-schema';
import type { DeskHealth } from '@/lib/worker/health-schema';
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
  counts: { clusters: 5, approvalsForMe: 0, appealsForMe: 0, reviewsForMe: 0, sharesForMe: 0, unread: 0 },
};
const health: DeskHealth = {
  worker: { running: 1, seenAt: at(0), late: 1, lateSeconds: 2 },
  audit: { state: 'signed', waiting: 0, waitingSeconds: 0, signedAt: at(1) },
  provider: { name: 'Sandbox', shadow: false, done: 67, retrying: 0, failed: 0, paused: 0 },
  delivery: [],
};
const mail: DeskHealth['delivery'][number] = {
  channel: 'mail',
  target: 'mail.example',
  misconfigured: null,
  sent: 12,
  givenUp: 0,
  waiting: 0,
  retrying: 0,
  lastSentAt: at(1),
  problem: null,
};
const watched = (o: Overview, s = status, part: Partial<DeskHealth> = {}) =>
  healthLines(o, s, { ...health, ...part }, now)
    .filter((line) => line.watch)
    .map((line) => line.part);

describe('healthLines', () => {
  test('a desk that works needs no look, and each figure has its comparison', () => {
    expect(watched(overview())).toEqual([]);
    expect(
      healthLines(overview(), status, health, now).map(({ figure, comparison }) => [figure, comparison]),
    ).toEqual([
      ['8 min ago', '150 k lines, records.ndjson.gz'],
      ['<0.1\u00a0%', '12 of 150 k lines, limit 1\u00a0%'],
      ['8 min behind', 'limit 1 h'],
      ['41 s, 2 min ago', '5 clusters found'],
      ['running', 'no job is late'],
      ['signed', 'latest 1 min ago'],
      ['67 done', 'Sandbox, last day'],
    ]);
  });

  test('an empty desk says what to run', () => {
    const lines = healthLines(
      overview({ ingest: null, detection: null, lines: { accepted: 0, rejected: 0 } }),
      { ...status, detection: null, lastRecordAt: null },
      health,
      now,
    );
    expect(lines.slice(0, 2).map((line) => line.comparison)).toEqual([
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

  test('a worker that is gone, late jobs, an unsigned log, failed calls and messages are to be watched', () => {
    const gone = { running: 0, seenAt: at(7), late: 0, lateSeconds: 0 };
    expect(watched(overview(), status, { worker: gone })).toEqual(['Worker']);
    expect(watched(overview(), status, { worker: { ...health.worker, lateSeconds: 300 } })).toEqual([
      'Worker',
    ]);
    for (const state of ['behind', 'refused'] as const)
      expect(watched(overview(), status, { audit: { ...health.audit, state } })).toEqual(['Audit log']);
    expect(watched(overview(), status, { provider: { ...health.provider, failed: 1 } })).toEqual([
      'Provider',
    ]);
    expect(watched(overview(), status, { delivery: [mail] })).toEqual([]);
    expect(watched(overview(), status, { delivery: [{ ...mail, problem: 'no answer' }] })).toEqual([
      'Notifications',
    ]);
    expect(watched(overview(), status, { delivery: [{ ...mail, target: null }] })).toEqual([]);
  });
});
