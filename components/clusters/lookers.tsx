import { Avatar } from '@/components/ui/avatar';
import { showInvisible } from '@/components/ui/format';
import type { ClusterPulse } from '@/lib/clusters/presence-schema';

const NAMED = 2;

/** Others who have a cluster's page open now. */
export function Lookers({ lookers }: Pick<ClusterPulse, 'lookers'>) {
  if (lookers.length === 0) return null;
  return (
    <span
      className="small soft cl-lookers"
      title={lookers.map((each) => showInvisible(each.name)).join(', ')}
    >
      {lookers.slice(0, NAMED).map((each) => (
        <Avatar key={each.id} name={each.name} label={false} />
      ))}
      <span className="clip">
        {lookers
          .slice(0, NAMED)
          .map((each) => showInvisible(each.name))
          .join(', ')}
        {lookers.length > NAMED && ` and ${lookers.length - NAMED} more`}{' '}
        {lookers.length === 1 ? 'is looking' : 'are looking'}
      </span>
    </span>
  );
}
