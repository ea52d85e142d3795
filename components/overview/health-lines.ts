/** The overview's health panel: each part's figure, its comparison, and whether somebody should look. Pure. */
import type { Route } from 'next';
import {
  formatAge,
  formatCount,
  formatDuration,
  formatOf,
  formatPercent,
  formatShort,
} from '@/components/ui/format';
import type { DeskStatus, Overview } from '@/lib/clusters/overview-schema';
import type { DeskHealth } from '@/lib/worker/health-schema';
import { freshnessOf } from '../shell/freshness';

export interface HealthLine {
  part: string;
  figure: string;
  comparison: string;
  watch: boolean;
  /** The page that tells more. */
  href: Route;
}

type Line = Omit<HealthLine, 'href'>;

/** More rejected lines than this share are worth a look. */
const REJECTED_LIMIT = 0.01;

/** @param now epoch milliseconds */
export function healthLines(
  overview: Overview,
  status: DeskStatus,
  health: DeskHealth,
  now: number,
): HealthLine[] {
  const lines: (Line | null)[][] = [
    [ingestLine(overview.ingest, now), rejectedLine(overview.lines), recordsLine(status, now)],
    [detectionLine(overview.detection, status, now)],
    [workerLine(health.worker, now)],
    [auditLine(health.audit, now)],
    [providerLine(health.provider)],
    [notificationLine(health.delivery)],
  ];
  const pages: Route[] = ['/ingest', '/detection', '/ingest', '/audit', '/approvals', '/notifications'];
  return lines.flatMap((group, index) =>
    group.flatMap((line) => (line ? [{ ...line, href: pages[index] ?? '/' }] : [])),
  );
}

const since = (iso: string, now: number) => `${formatAge(now - Date.parse(iso))} ago`;

function ingestLine(run: Overview['ingest'], now: number): Line {
  if (!run)
    return { part: 'Ingest', figure: 'never ran', comparison: 'npm run -s weir -- ingest FILE', watch: true };
  const repeated = run.duplicates > 0 ? `, ${formatShort(run.duplicates)} repeated` : '';
  const comparison = `${formatShort(run.accepted)} lines${repeated}, ${run.source}`;
  if (run.state === 'failed') return { part: 'Ingest', figure: 'failed', comparison, watch: true };
  if (run.state === 'running') {
    return {
      part: 'Ingest',
      figure: `running ${formatAge(now - Date.parse(run.startedAt))}`,
      comparison,
      watch: false,
    };
  }
  return { part: 'Ingest', figure: since(run.finishedAt ?? run.startedAt, now), comparison, watch: false };
}

function rejectedLine({ accepted, rejected }: Overview['lines']): Line | null {
  const all = accepted + rejected;
  if (all === 0) return null;
  const share = rejected / all;
  const comparison = `${formatCount(rejected)} of ${formatShort(all)} lines, limit ${formatPercent(REJECTED_LIMIT)}`;
  return { part: 'Rejected', figure: formatPercent(share), comparison, watch: share > REJECTED_LIMIT };
}

function recordsLine(status: DeskStatus, now: number): Line | null {
  if (!status.lastRecordAt) return null;
  const behind = formatAge(now - Date.parse(status.lastRecordAt));
  const fresh = freshnessOf(status, now);
  const comparison = status.simulated ? 'simulated' : 'limit 1 h';
  return { part: 'Newest record', figure: `${behind} behind`, comparison, watch: fresh.stale };
}

function detectionLine(run: Overview['detection'], status: DeskStatus, now: number): Line {
  if (!run) {
    const watch = status.lastRecordAt !== null;
    return { part: 'Detection', figure: 'never ran', comparison: 'npm run -s weir -- detect', watch };
  }
  const found = `${formatCount(run.clusters)} clusters found`;
  const unseen = status.lastRecordAt !== null && Date.parse(status.lastRecordAt) > Date.parse(run.finishedAt);
  return {
    part: 'Detection',
    figure: `${formatDuration(run.seconds)}, ${since(run.finishedAt, now)}`,
    comparison: unseen ? 'newer records wait for it' : found,
    watch: unseen && freshnessOf(status, now).stale,
  };
}

/** Seconds for which a job may wait before somebody should look: a worker takes one within a second or two. */
const LATE_JOB_SECONDS = 120;

function workerLine({ running, seenAt, late, lateSeconds }: DeskHealth['worker'], now: number): Line {
  const isLate = late > 0 && lateSeconds > LATE_JOB_SECONDS;
  return {
    part: 'Worker',
    figure: running === 0 ? 'not running' : running === 1 ? 'running' : `${running} running`,
    comparison:
      running === 0
        ? seenAt === null
          ? 'none was ever seen; npm start runs one'
          : `last seen ${since(seenAt, now)}`
        : isLate
          ? `${formatOf(late, 'job')} late, the oldest by ${formatDuration(lateSeconds)}`
          : 'no job is late',
    watch: running === 0 || isLate,
  };
}

function auditLine({ state, waiting, waitingSeconds, signedAt }: DeskHealth['audit'], now: number): Line {
  const figure =
    state === 'refused'
      ? 'not signed'
      : state === 'behind'
        ? `behind ${formatDuration(waitingSeconds)}`
        : 'signed';
  const words = {
    empty: 'nothing was written down yet',
    signed: signedAt === null ? 'nothing yet' : `latest ${since(signedAt, now)}`,
    behind: `${formatOf(waiting, 'entry', 'entries')} wait`,
    refused: 'the log is not what was signed before, or its key is missing',
  };
  return {
    part: 'Audit log',
    figure: state === 'empty' ? 'empty' : figure,
    comparison: words[state],
    watch: state === 'behind' || state === 'refused',
  };
}

function providerLine({ name, shadow, done, retrying, failed, paused }: DeskHealth['provider']): Line {
  const called = done + retrying + failed;
  return {
    part: 'Provider',
    figure: shadow ? 'shadow mode' : called === 0 ? 'not called' : `${formatShort(done)} done`,
    comparison: [
      failed > 0 && `${formatCount(failed)} failed for good`,
      retrying > 0 && `${formatCount(retrying)} tried again`,
      paused > 0 && `${formatOf(paused, 'action')} paused`,
      `${name}, last day`,
    ]
      .filter((words) => words !== false)
      .join(', '),
    watch: failed > 0 || paused > 0,
  };
}

function notificationLine(delivery: DeskHealth['delivery']): Line | null {
  const ways = delivery.filter((way) => way.target !== null || way.misconfigured !== null);
  if (ways.length === 0) return null;
  const sum = (count: 'sent' | 'retrying' | 'givenUp') => ways.reduce((total, way) => total + way[count], 0);
  const wrong = ways.find((way) => way.misconfigured ?? way.problem);
  const name = wrong?.channel === 'mail' ? 'mail' : 'webhook';
  return {
    part: 'Notifications',
    figure: `${formatShort(sum('sent'))} sent`,
    comparison: wrong
      ? `${name}: ${wrong.misconfigured ?? wrong.problem}`
      : `${formatCount(sum('givenUp'))} given up in 7 days`,
    watch: wrong !== undefined,
  };
}
