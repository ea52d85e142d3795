'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useKeys } from '@/components/ui/use-keys';
import type { ProposalDetail, ProposalRow } from '@/lib/enforcement/schema';
import type { AnswerAction } from './answer-form';
import { ApprovalsRail } from './approvals-rail';
import { proposalTitle } from './words';

const addressOf = (id: number) => `/approvals/review?at=${id}` as const;

/** The lists that wait for the reader; j and k walk them. */
export function ReviewQueue({ rows, current }: { rows: ProposalRow[]; current: number }) {
  const router = useRouter();
  const index = rows.findIndex((row) => row.id === current);
  const move = (step: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, index + step))];
    if (next && next.id !== current) router.replace(addressOf(next.id));
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
  return (
    <nav className="p-queue" aria-label={`${index + 1} of ${rows.length} that wait for you`}>
      {rows.map((row) => (
        <Link
          key={row.id}
          href={addressOf(row.id)}
          replace
          aria-current={row.id === current ? 'true' : undefined}
          prefetch={false}
        >
          <span className="strong clip">{proposalTitle(row)}</span>
          <span className="small mute">
            P-{row.id} · {row.approvals} of {row.approvalsRequired} approvals
          </span>
        </Link>
      ))}
    </nav>
  );
}

/** The reader's word on the list in view; afterwards the next one comes into view. */
export function ReviewRail({
  proposal,
  answer,
  ids,
}: {
  proposal: ProposalDetail;
  answer: AnswerAction;
  ids: number[];
}) {
  const router = useRouter();
  const at = ids.indexOf(proposal.id);
  const next = ids[at + 1] ?? ids[at - 1];
  const onAnswered = () => {
    if (next !== undefined) router.replace(addressOf(next));
    router.refresh();
  };
  return <ApprovalsRail proposal={proposal} answer={answer} onAnswered={onAnswered} />;
}
