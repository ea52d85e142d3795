/** For how long a decision can be taken back by its author. Pure. */
import type { ClusterStatus } from './schema';

/** Minutes; later it takes a decision of its own, as reopening. */
export const UNDO_MINUTES = 10;

/** Until when, ISO; null for one that is not the cluster's last, was taken back, or cannot be. */
export function undoableUntil(
  decision: { at: Date; before: unknown; undoneAt: Date | null },
  isLast: boolean,
): string | null {
  if (!isLast || decision.undoneAt !== null || decision.before === null) return null;
  return new Date(decision.at.getTime() + UNDO_MINUTES * 60_000).toISOString();
}

/** Where a cluster stood before a decision, as the decision keeps it. */
export interface StoredStanding {
  status: ClusterStatus;
  assigneeId: number | null;
  claimedAt: string | null;
  reopenedCause: string | null;
}
