/** The overview's health panel: each part's figure, its comparison, and whether somebody should look. Pure. */
import { formatAge, formatCount, formatDuration, formatPercent, formatShort } from '@/components/ui/format';
import type { DeskStatus, Overview } from '@/lib/clusters/overview-schema';
import { freshnessOf } from '../shell/freshness';

export interface HealthLine {
  part: string;
  figure: string;
  comparison: string;
  watch: boolean;
}

/** More rejected lines than this share are worth a look. */
const REJECTED_LIMIT = 0.01;

/** @param now epoch milliseconds */
export function healthLines(overview: Overview, status: DeskStatus, now: number): HealthLine[] {
  return [
    ingestLine(overview.ingest, now),
    rejectedLine(overview.lines),
    recordsLine(status, now),
    detectionLine(overview.detection, status, now),
  ].filter((line) => line !== null);
}

const since = (iso: string, now: number) => `${formatAge(now - Date.parse(iso))} ago`;

function ingestLine(run: Overview['ingest'], now: number): HealthLine {
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

function rejectedLine({ accepted, rejected }: Overview['lines']): HealthLine | null {
  const all = accepted + rejected;
  if (all === 0) return null;
  const share = rejected / all;
  const comparison = `${formatCount(rejected)} of ${formatShort(all)} lines, limit ${formatPercent(REJECTED_LIMIT)}`;
  return { part: 'Rejected', figure: formatPercent(share), comparison, watch: share > REJECTED_LIMIT };
}

function recordsLine(status: DeskStatus, now: number): HealthLine | null {
  if (!status.lastRecordAt) return null;
  const behind = formatAge(now - Date.parse(status.lastRecordAt));
  const fresh = freshnessOf(status, now);
  const comparison = status.simulated ? 'simulated' : 'limit 1 h';
  return { part: 'Newest record', figure: `${behind} behind`, comparison, watch: fresh.stale };
}

function detectionLine(run: Overview['detection'], status: DeskStatus, now: number): HealthLine {
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
