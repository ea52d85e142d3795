import type { Metadata } from 'next';
import Link from 'next/link';
import { firstOfEach } from '@/app/first-of-each';
import { HardCaps } from '@/components/enforcement/hard-caps';
import { ProposalHero } from '@/components/enforcement/proposal-hero';
import { ProposalReview } from '@/components/enforcement/proposal-review';
import { ReviewQueue, ReviewRail } from '@/components/enforcement/review-queue';
import { StagePlan } from '@/components/enforcement/stage-plan';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { getProgress } from '@/lib/enforcement/get-progress';
import { getProposal } from '@/lib/enforcement/get-proposal';
import { listProposals } from '@/lib/enforcement/list-proposals';
import { answerProposalAction, steerProposalAction } from '../actions';
import '@/components/enforcement/enforcement.css';

export const metadata: Metadata = { title: 'Review' };

/** What waits for the reader, one list after another with its evidence in view; each is answered by itself. */
export default async function ReviewPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const person = await requirePerson();
  const { at } = firstOfEach(await searchParams);
  const rows = (await listProposals(person, { view: 'waiting' })).rows.filter((row) => row.waitsForMe);
  const current = rows.find((row) => String(row.id) === at) ?? rows[0];
  const crumbs = [{ label: 'Approvals', href: '/approvals' }, { label: 'Review' }];
  if (!current) {
    return (
      <>
        <PageHeader crumbs={crumbs} />
        <div className="p-nothing">
          <p className="strong">Nothing waits for you.</p>
          <p className="soft">
            <Link className="link" href="/approvals">
              Show all proposals
            </Link>
          </p>
        </div>
      </>
    );
  }
  const [proposal, progress] = await Promise.all([
    getProposal(person, current.id),
    getProgress(person, current.id),
  ]);
  const ids = rows.map((row) => row.id);
  return (
    <>
      <PageHeader crumbs={crumbs} />
      <ReviewQueue rows={rows} current={current.id} />
      <ProposalHero key={current.id} proposal={proposal} progress={progress} steer={steerProposalAction} />
      <div className="p-cols">
        <div className="p-content" key={current.id}>
          <ProposalReview proposal={proposal} mayRelist={false} />
        </div>
        <aside className="rail" aria-label="Approvals and limits">
          <ReviewRail key={current.id} proposal={proposal} answer={answerProposalAction} ids={ids} />
          <StagePlan proposal={proposal} />
          <HardCaps proposal={proposal} progress={progress} />
        </aside>
      </div>
    </>
  );
}
