import { Check, CircleDashed, EyeOff, TriangleAlert } from 'lucide-react';
import { formatCount, formatOf, formatShort } from '@/components/ui/format';
import type { SignalFinding } from '@/lib/ingest/coverage-schema';
import { ShareMeter } from './share-meter';

const STATES = {
  off: { icon: EyeOff, word: 'Off' },
  stopped: { icon: TriangleAlert, word: 'Stopped' },
  partial: { icon: CircleDashed, word: 'In part' },
  on: { icon: Check, word: 'On' },
} as const;

/** What detection can and cannot see of what came in; what hurts most first. */
export function SignalPanel({ findings, uncounted }: { findings: SignalFinding[]; uncounted: number }) {
  return (
    <section className="panel" aria-labelledby="signals">
      <header>
        <h2 id="signals">What detection can see</h2>
        <span className="small mute clip">by the fields of accepted records; what hurts most first</span>
      </header>
      {uncounted > 0 && (
        <p className="body note in-note">
          <TriangleAlert className="i" aria-hidden="true" />
          {formatOf(uncounted, 'record')} came in before fields were counted. The shares are of what came
          since.
        </p>
      )}
      <table className="grid plain in-signals">
        <thead>
          <tr>
            <th scope="col">Signal</th>
            <th scope="col">State</th>
            <th scope="col">What follows</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding) => (
            <SignalLine key={finding.id} finding={finding} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function SignalLine({ finding }: { finding: SignalFinding }) {
  const { state, share, records, of } = finding;
  const { icon: Icon, word } = STATES[state];
  return (
    <tr>
      <th scope="row">{finding.label}</th>
      <td>
        <span className={`in-state ${state}`}>
          <Icon className="i" aria-hidden="true" />
          {word}
        </span>
      </td>
      <td className={state === 'on' ? 'soft' : undefined}>
        {finding.follows}
        {state !== 'on' && <div className="mono mute">{finding.fields.join(' or ')}</div>}
      </td>
      <td>
        {of === 0 && <span className="mute">none came</span>}
        {of > 0 && share === null && <span className="mute">{formatShort(records)} observations</span>}
        {of > 0 && share !== null && (
          <ShareMeter share={share} of={of} title={`${formatCount(records)} of ${formatCount(of)}`} />
        )}
      </td>
    </tr>
  );
}
