import { Check, LoaderCircle, TriangleAlert } from 'lucide-react';
import { Ago } from '@/components/ui/ago';
import { CopyButton } from '@/components/ui/copy-button';
import { formatCount, formatDuration, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { IngestRunRow } from '@/lib/ingest/run-schema';

const STATES = {
  running: { icon: LoaderCircle, label: 'Running', className: '' },
  done: { icon: Check, label: 'Done', className: 'ok' },
  failed: { icon: TriangleAlert, label: 'Failed', className: 'bad' },
} as const;

/** How records come in, and what became of those that did. */
export function IngestPanel({ origin, runs }: { origin: string; runs: IngestRunRow[] }) {
  const http = `curl -sS ${origin}/api/v1/records -H "Authorization: Bearer $WEIR_KEY" --data-binary @records.ndjson`;
  const cli = 'npm run -s weir -- ingest records.ndjson.gz';
  return (
    <section className="panel" id="ingest" aria-labelledby="ingest-title">
      <header>
        <h2 id="ingest-title">Records in</h2>
        <span className="small mute">one JSON object a line, plain or gzip; sent twice, counted once</span>
      </header>
      <div className="body s-ways">
        <Way label="Over HTTP, with an API key" command={http} />
        <Way label="On this machine" command={cli} />
      </div>
      {runs.length === 0 ? (
        <p className="body soft s-none">Nothing came in yet.</p>
      ) : (
        <table className="grid rows-32 plain s-runs">
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col">State</th>
              <th scope="col" className="num">
                Accepted
              </th>
              <th scope="col" className="num">
                Rejected
              </th>
              <th scope="col" className="num">
                Duplicates
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
      )}
    </section>
  );
}

function Way({ label, command }: { label: string; command: string }) {
  return (
    <div>
      <span className="label">{label}</span>
      <div className="s-cmd">
        <code className="mono">{command}</code>
        <CopyButton small text={command} label="Copy the command" />
      </div>
    </div>
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
      <td>
        <span className="s-source">
          <RawText>{run.source}</RawText>
          <span className="mute small">
            {run.format}
            {run.simulated && ', simulated'}
          </span>
        </span>
      </td>
      <td>
        <span className={`s-state ${className}`}>
          <Icon className="i" aria-hidden="true" />
          {label}
        </span>
      </td>
      <td className="num" title={`of ${formatOf(lines, 'line')}`}>
        <b>{formatCount(run.accepted)}</b>
      </td>
      <td className={run.rejected > 0 ? 'num s-bad' : 'num mute'}>{formatCount(run.rejected)}</td>
      <td className={run.duplicates > 0 ? 'num' : 'num mute'}>{formatCount(run.duplicates)}</td>
      <td className="num soft">{took}</td>
      <td className="num soft">
        <Ago at={run.startedAt} ago />
      </td>
    </tr>
  );
}
