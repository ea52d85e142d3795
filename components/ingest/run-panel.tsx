import { Check, LoaderCircle, TriangleAlert } from 'lucide-react';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatDuration, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { IngestRunRow } from '@/lib/ingest/run-schema';

const STATES = {
  running: { icon: LoaderCircle, label: 'Running', className: '' },
  done: { icon: Check, label: 'Done', className: 'on' },
  failed: { icon: TriangleAlert, label: 'Failed', className: 'off' },
} as const;

/** The newest files and requests, and what became of their lines. */
export function RunPanel({ runs, total }: { runs: IngestRunRow[]; total: number }) {
  return (
    <section className="panel" id="runs" aria-labelledby="runs-title">
      <header>
        <h2 id="runs-title">Files and requests</h2>
        <span className="small mute clip">
          {runs.length < total
            ? `the newest ${runs.length} of ${formatCount(total)}`
            : formatOf(total, 'run')}
        </span>
      </header>
      <table className="grid rows-32 plain in-runs">
        <thead>
          <tr>
            <th scope="col" className="num">
              Run
            </th>
            <th scope="col">Source</th>
            <th scope="col">State</th>
            <th scope="col" className="num">
              Accepted
            </th>
            <th scope="col" className="num">
              Rejected
            </th>
            <th scope="col" className="num">
              Sent again
            </th>
            <th scope="col" className="num">
              Unknown keys
            </th>
            <th scope="col" className="num">
              Lines/s
            </th>
            <th scope="col" className="num">
              Took
            </th>
            <th scope="col" className="num">
              Started
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Run key={run.id} run={run} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Run({ run }: { run: IngestRunRow }) {
  const { icon: Icon, label, className } = STATES[run.state];
  const lines = run.accepted + run.rejected + run.duplicates;
  const took = run.finishedAt
    ? formatDuration((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000)
    : '–';
  return (
    <tr>
      <td className="num mute">{run.id}</td>
      <td>
        <span className="in-source">
          <RawText>{run.source}</RawText>
          <span className="mute small">
            {run.format}
            {run.simulated && ', simulated'}
          </span>
        </span>
      </td>
      <td>
        <span className={`in-state ${className}`}>
          <Icon className="i" aria-hidden="true" />
          {label}
        </span>
      </td>
      <td className="num" title={`of ${formatOf(lines, 'line')}`}>
        <b>{formatCount(run.accepted)}</b>
      </td>
      <td className="num">
        {run.rejected > 0 ? (
          <a
            className="link"
            href={`/api/ingest/rejects?run=${run.id}`}
            download
            title="Lines and reasons as NDJSON"
          >
            {formatCount(run.rejected)}
          </a>
        ) : (
          <span className="mute">0</span>
        )}
      </td>
      <td className={run.duplicates > 0 ? 'num' : 'num mute'}>{formatCount(run.duplicates)}</td>
      <td className={run.unknownKeys > 0 ? 'num' : 'num mute'}>{formatCount(run.unknownKeys)}</td>
      <td className="num soft">{run.linesPerSecond === null ? '–' : formatCount(run.linesPerSecond)}</td>
      <td className="num soft">{took}</td>
      <td className="num soft">
        <Ago at={run.startedAt} ago />
      </td>
    </tr>
  );
}
