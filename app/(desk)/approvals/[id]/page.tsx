import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { ProposalRecord } from '@/components/audit/proposal-record';
import { ApprovalsRail } from '@/components/enforcement/approvals-rail';
import { HardCaps } from '@/components/enforcement/hard-caps';
import { KillSwitch } from '@/components/enforcement/kill-switch';
import { LiveProgress } from '@/components/enforcement/live-progress';
import { PauseRail } from '@/components/enforcement/pause-rail';
import { ProposalHero } from '@/components/enforcement/proposal-hero';
import { ProposalReview } from '@/components/enforcement/proposal-review';
import { ProviderNote, StagePlan } from '@/components/enforcement/stage-plan';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import type { Person } from '@/lib/access/schema';
import { getKillSwitch } from '@/lib/enforcement/get-kill-switch';
import { getProgress } from '@/lib/enforcement/get-progress';
import { getProposal } from '@/lib/enforcement/get-proposal';
import { listProposals } from '@/lib/enforcement/list-proposals';
import { AppError } from '@/lib/errors';
import { answerProposalAction, steerProposalAction } from '../actions';
import { releaseKillSwitchAction, retryDeadAction, turnOnKillSwitchAction } from '../enforcement-actions';
import '@/components/enforcement/enforcement.css';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `P-${(await params).id}` };
}

export default async function ProposalPage({ params }: Props) {
  const person = await requirePerson();
  const { proposal, progress, waiting, killSwitch } = await read(person, (await params).id);
  const executed = proposal.startedAt !== null || ['approved', 'running', 'paused'].includes(proposal.status);
  const reviewed = <ProposalReview proposal={proposal} mayRelist={may(person, 'proposal.create')} />;
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Approvals', href: '/approvals' }, { label: `P-${proposal.id}` }]}
        tabs={<OthersWaiting ids={waiting} />}
      >
        <ProposalRecord id={proposal.id} />
      </PageHeader>
      <ProposalHero proposal={proposal} progress={progress} steer={steerProposalAction} />
      <div className="p-cols">
        <div className="p-content">
          {executed ? (
            <>
              <LiveProgress proposal={proposal} progress={progress} retry={retryDeadAction} />
              <h2 className="p-divide strong">What was approved</h2>
              {reviewed}
            </>
          ) : (
            reviewed
          )}
        </div>
        <aside className="rail" aria-label="Approvals and limits">
          <ApprovalsRail proposal={proposal} answer={answerProposalAction} />
          {executed && (
            <KillSwitch
              state={killSwitch}
              turnOn={turnOnKillSwitchAction}
              release={releaseKillSwitchAction}
            />
          )}
          {executed ? (
            <PauseRail proposal={proposal} progress={progress} />
          ) : (
            <StagePlan proposal={proposal} />
          )}
          <HardCaps proposal={proposal} progress={progress} />
          <ProviderNote proposal={proposal} />
        </aside>
      </div>
    </>
  );
}

/** The way to the next list that waits for the reader. */
function OthersWaiting({ ids }: { ids: number[] }) {
  const [next] = ids;
  if (next === undefined) return null;
  return (
    <>
      <span className="vr" />
      <Link className="small link" href={`/approvals/${next}`}>
        {ids.length === 1 ? `P-${next} waits for you too` : `${ids.length} more wait for you`}
      </Link>
    </>
  );
}

async function read(person: Person, text: string) {
  if (!/^\d{1,9}$/.test(text)) notFound();
  const id = Number(text);
  try {
    const [proposal, progress, list, killSwitch] = await Promise.all([
      getProposal(person, id),
      getProgress(person, id),
      listProposals(person, { view: 'waiting' }),
      getKillSwitch(person),
    ]);
    const waiting = list.rows.filter((row) => row.waitsForMe && row.id !== id).map((row) => row.id);
    return { proposal, progress, waiting, killSwitch };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}
