import { Ago } from '@/components/ui/ago';
import { Avatar } from '@/components/ui/avatar';
import { CONFIRM_REASONS, type DecisionRow, DISMISS_REASONS } from '@/lib/clusters/schema';
import { TypedText } from './typed-text';

const VERDICTS: Record<DecisionRow['verdict'], string> = {
  confirm: 'Confirmed',
  dismiss: 'Dismissed',
  reopen: 'Reopened',
};

function reasonLabel({ verdict, reasonCode }: DecisionRow): string | null {
  const labels: Record<string, string> =
    verdict === 'confirm' ? CONFIRM_REASONS : verdict === 'dismiss' ? DISMISS_REASONS : {};
  return labels[reasonCode] ?? null;
}

/** What people decided, newest first, with their reasons. */
export function Decisions({ decisions }: { decisions: DecisionRow[] }) {
  return (
    <ul className="cl-said">
      {[...decisions].reverse().map((decision) => {
        const label = reasonLabel(decision);
        return (
          <li key={decision.id}>
            <Avatar name={decision.author.name} label={false} />
            <div>
              <b>
                {VERDICTS[decision.verdict]}
                {label && `: ${label.toLowerCase()}`}
              </b>{' '}
              <span className="mute small">
                {decision.author.name}, <Ago at={decision.at} ago />
              </span>
              <TypedText>{decision.reason}</TypedText>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
