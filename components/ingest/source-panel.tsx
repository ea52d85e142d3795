import { Ago } from '@/components/ui/ago';
import { formatCount, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { SourceRow } from '@/lib/ingest/run-schema';

/** Where records come from, and whether each source still sends. */
export function SourcePanel({ sources }: { sources: SourceRow[] }) {
  return (
    <section className="panel" aria-labelledby="sources">
      <header>
        <h2 id="sources">Sources</h2>
        <span className="small mute clip">last to send first, of the newest 5,000 runs</span>
      </header>
      <table className="grid rows-40 plain in-sources">
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col" className="num">
              Accepted
            </th>
            <th scope="col" className="num">
              Newest record
            </th>
            <th scope="col" className="num">
              Last sent
            </th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={`${source.format} ${source.source}`}>
              <td>
                <RawText>{source.source}</RawText>
                <div className="small mute clip">
                  {formatOf(source.runs, 'run')}, {source.format}
                  {source.simulated && ', simulated'}
                </div>
              </td>
              <td className="num">
                {formatCount(source.accepted)}
                <div className="small mute">{formatCount(source.rejected)} rejected</div>
              </td>
              <td className="num soft">
                <Ago at={source.lastRecordAt} />
              </td>
              <td className="num soft">
                <Ago at={source.lastCameAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
