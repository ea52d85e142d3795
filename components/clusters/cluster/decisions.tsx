import { Ago } from '@/components/ui/ago';
import { Avatar } from '@/components/ui/avatar';
import { CONFIRM_REASONS, DISMISS_REASONS } from '@/lib/clusters/fixed-sets';
import type { DecisionRow } from '@/lib/clusters/schema';
import { TypedText } from './typed-text';
import { type UndoAction, UndoButton } from './undo-button';

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
export function Decisions({
  clusterId,
  decisions,
  personId,
  undo,
}: {
  clusterId: number;
  decisions: DecisionRow[];
  /** The reader's own id: only the author takes a decision back. */
  personId: number;
  undo: UndoAction;
}) {
  return (
    <ul className="cl-said">
      {[...decisions].reverse().map((decision) => {
        const label = reasonLabel(decision);
        return (
          <li key={decision.id}>
            <Avatar name={decision.author.name} label={false} />
            <div>
              <b className={decision.undoneAt ? 'cl-undone' : undefined}>
                {VERDICTS[decision.verdict]}
                {label && `: ${label.toLowerCase()}`}
              </b>{' '}
              <span className="mute small">
                {decision.author.name}, <Ago at={decision.at} ago />
              </span>
              {decision.undoneAt && (
                <span className="mute small">
                  taken back <Ago at={decision.undoneAt} ago />
                </span>
              )}
              <TypedText>{decision.reason}</TypedText>
              {decision.undoableUntil && decision.author.id === personId && (
                <UndoButton clusterId={clusterId} until={decision.undoableUntil} undo={undo} />
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
