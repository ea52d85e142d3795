import { Ban, Circle, Gauge, ShieldQuestion } from 'lucide-react';
import type { AccountStatus } from '@/lib/clusters/account-schema';

const MARKS = {
  active: Circle,
  throttled: Gauge,
  verification_required: ShieldQuestion,
  banned: Ban,
} as const;

export const ACCOUNT_STATUS_LABELS: Record<AccountStatus, string> = {
  active: 'Active',
  throttled: 'Throttled',
  verification_required: 'Asked to verify',
  banned: 'Banned',
};

/** State of an account: mark and word. */
export function AccountStatusMark({ status }: { status: AccountStatus }) {
  const Mark = MARKS[status];
  return (
    <span className={`a-status ${status}`}>
      <Mark className="i" aria-hidden="true" />
      {ACCOUNT_STATUS_LABELS[status]}
    </span>
  );
}
