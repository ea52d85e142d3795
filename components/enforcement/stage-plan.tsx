import { Badge } from '@/components/ui/badge';
import { formatOf, formatPercent } from '@/components/ui/format';
import type { ProposalDetail } from '@/lib/enforcement/schema';

const NOTES = ['the most strongly linked', 'once the canary went well', 'once the second went well'];

/** In which steps the list would be carried out. */
export function StagePlan({ proposal }: { proposal: ProposalDetail }) {
  return (
    <section aria-labelledby="stages-title">
      <h2 id="stages-title">Stages</h2>
      <ol className="p-stages">
        {proposal.stages.map((stage) => (
          <li key={stage.stage}>
            <span className="n num">{formatPercent(stage.upTo)}</span>
            <div>
              <b>{stage.name}</b>, {stage.total === 0 ? 'nobody' : formatOf(stage.total, 'account')}
              <br />
              <span className="small mute">{NOTES[stage.stage]}</span>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Where the calls go. */
export function ProviderNote({ proposal }: { proposal: ProposalDetail }) {
  const { name, simulated, shadow } = proposal.provider;
  return (
    <section aria-labelledby="provider-title">
      <h2 id="provider-title">Provider</h2>
      <p className="small soft">
        {name}
        {simulated && '. It only pretends: no account outside this desk is touched.'}
      </p>
      {shadow && (
        <p className="small">
          <Badge tone="warn">Shadow mode</Badge> Everything happens but the call; no account changes its
          state.
        </p>
      )}
    </section>
  );
}
