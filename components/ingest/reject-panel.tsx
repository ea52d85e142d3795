import { Check, Download } from 'lucide-react';
import { formatCount, formatOf, formatPercent } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { IngestReport, RejectGroup } from '@/lib/ingest/run-schema';

const SHOWN = 8;

/** Why lines were not taken, and where to look. */
export function RejectPanel({ rejects, rejected }: { rejects: IngestReport['rejects']; rejected: number }) {
  const groups = rejects.groups.slice(0, SHOWN);
  const left = rejects.groups.length - groups.length;
  return (
    <section className="panel" id="rejects" aria-labelledby="rejects-title">
      <header>
        <h2 id="rejects-title">Rejected</h2>
        <span className="small mute clip">
          {rejects.kept < rejected
            ? `reasons of ${formatCount(rejects.kept)} of ${formatOf(rejected, 'line')}: a run keeps its first 1,000`
            : formatOf(rejected, 'line')}
        </span>
        <span className="push" />
        {rejects.kept > 0 && (
          <a className="btn" href="/api/ingest/rejects" download>
            <Download className="i" aria-hidden="true" />
            NDJSON
          </a>
        )}
      </header>
      {groups.length === 0 ? (
        <p className="body soft in-none">
          <Check className="i" aria-hidden="true" />
          {rejected === 0
            ? 'Every line was taken.'
            : `${formatOf(rejected, 'line')} were rejected before reasons were kept.`}
        </p>
      ) : (
        <table className="grid rows-40 plain in-rejects">
          <thead>
            <tr>
              <th scope="col">Reason</th>
              <th scope="col" className="num">
                Lines
              </th>
              <th scope="col" className="num">
                Share
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.reason}>
                <td>
                  <RawText>{group.reason}</RawText>
                  <div className="small mute clip">{whereOf(group)}</div>
                </td>
                <td className="num">{formatCount(group.lines)}</td>
                <td className="num soft">{formatPercent(group.lines / rejects.kept)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {left > 0 && (
        <p className="body small mute in-more">{formatOf(left, 'more reason')} in the download.</p>
      )}
    </section>
  );
}

function whereOf({ examples, lines }: RejectGroup): string {
  const numbers = examples.map(({ line }) => formatCount(line)).join(', ');
  const run = examples[0]?.runId ?? 0;
  return `run ${run}, ${examples.length === 1 ? 'line' : 'lines'} ${numbers}${lines > examples.length ? ' …' : ''}`;
}
