/** Whether the parts of the desk that nobody looks at do their work. Times are ISO 8601 strings in UTC. */
import type { VerificationState } from '@/lib/audit/verification-schema';
import type { DeliveryStanding } from '@/lib/notifications/schema';

export interface DeskHealth {
  worker: {
    /** Workers that showed a sign of life lately. */
    running: number;
    /** The latest sign of life of any. */
    seenAt: string | null;
    /** Jobs that should run by now and do not, and for how many seconds the oldest of them has waited. */
    late: number;
    lateSeconds: number;
  };
  audit: { state: VerificationState; waiting: number; waitingSeconds: number; signedAt: string | null };
  provider: {
    name: string;
    shadow: boolean;
    /** Of actions that run, are paused or ended within the last day. */
    done: number;
    retrying: number;
    failed: number;
    paused: number;
  };
  delivery: DeliveryStanding[];
}
