import { TriangleAlert } from 'lucide-react';
import { Ago, Until } from '@/components/ui/ago';
import { formatAge, formatCount, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { StreamStanding, StreamsStanding } from '@/lib/audit/stream-schema';

/** Where the audit's entries are sent and how far behind each place is. The deployment says where, no screen does. */
export function StreamPanel({ streams, misconfigured }: StreamsStanding) {
  return (
    <section className="panel" id="stream" aria-labelledby="stream-title">
      <header>
        <h2 id="stream-title">Audit stream</h2>
        <span className="small mute">every entry in the order of the log, at least once</span>
      </header>
      {misconfigured && (
        <p className="body problem" role="alert">
          Nothing is streamed: {misconfigured}
        </p>
      )}
      {!misconfigured && streams.length === 0 && (
        <p className="body soft">
          The audit is not streamed. Whoever runs this deployment sets{' '}
          <span className="mono">WEIR_SIEM_URL</span> and <span className="mono">WEIR_SIEM_SECRET</span> for a
          signed webhook, or <span className="mono">WEIR_SIEM_FILE</span> for a file that grows.
        </p>
      )}
      {streams.length > 0 && (
        <table className="grid rows-40 plain s-streams">
          <thead>
            <tr>
              <th scope="col">Goes to</th>
              <th scope="col" className="num">
                Sent
              </th>
              <th scope="col">Behind</th>
              <th scope="col">Last taken</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {streams.map((stream) => (
              <tr key={`${stream.kind} ${stream.target}`}>
                <td>
                  {stream.kind === 'file' ? 'File ' : 'Webhook '}
                  <RawText className="mono">{stream.target}</RawText>
                </td>
                <td className="num">{formatCount(stream.sent)}</td>
                <td>{behindWords(stream)}</td>
                <td className="soft">
                  {stream.deliveredAt ? (
                    <Ago at={stream.deliveredAt} ago />
                  ) : (
                    <span className="mute">never</span>
                  )}
                </td>
                <td className="s-stream-state">
                  <State stream={stream} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function behindWords({ lag }: StreamStanding): string {
  if (lag.entries === 0) return 'nothing';
  return `${formatOf(lag.entries, 'entry', 'entries')}, ${formatAge(lag.seconds * 1000)}`;
}

function State({ stream }: { stream: StreamStanding }) {
  if (stream.problem === null) return <span className="soft">as it should be</span>;
  return (
    <span className="s-stream-problem">
      <TriangleAlert className="i i-s" aria-hidden="true" />
      <span>
        <RawText>{stream.problem}</RawText>
        <span className="small soft">
          {' '}
          {formatOf(stream.failures, 'failure')} in a row
          {stream.nextAttemptAt && (
            <>
              , next try <Until at={stream.nextAttemptAt} />
            </>
          )}
        </span>
      </span>
    </span>
  );
}
