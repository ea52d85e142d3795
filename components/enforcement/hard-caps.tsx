'use client';

import { formatCount, showInvisible } from '@/components/ui/format';
import type { ProposalDetail, ProposalProgress } from '@/lib/enforcement/schema';
import { useProgress } from './use-progress';

/** How much of the deployment's hard caps this list takes; the hour's grows while the list is carried out. */
export function HardCaps({ proposal, progress }: { proposal: ProposalDetail; progress: ProposalProgress }) {
  const { data } = useProgress(proposal.id, progress);
  const { action, personDay, hour, paying } = proposal.caps;
  // Counted in the same moment as the hour, so that none is counted twice.
  const before = proposal.stages.reduce((sum, stage) => sum + stage.done, 0);
  const since = Math.max(0, data.done - before);
  const rows = [
    { name: 'This action', ...action },
    { name: `${showInvisible(proposal.proposedBy.name)} today`, ...personDay },
    { name: 'Last hour, all actions', ...hour, used: hour.used + since },
    { name: 'Paying accounts', ...paying },
  ];
  return (
    <section aria-labelledby="caps-title">
      <h2 id="caps-title">Hard caps</h2>
      {rows.map(({ name, used, limit }) => (
        <div className="p-meter" key={name}>
          <span className="clip">{name}</span>
          <span className="num">
            <b>{formatCount(used)}</b> <span className="mute">of {formatCount(limit)}</span>
          </span>
          <span className="meter" aria-hidden="true">
            <i style={{ width: `${Math.min(100, (used / Math.max(1, limit)) * 100)}%` }} />
          </span>
        </div>
      ))}
      <p className="small mute p-foot">Set in the deployment; no screen lifts them.</p>
    </section>
  );
}
