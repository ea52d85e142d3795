import type { Metadata } from 'next';
import Link from 'next/link';
import { KillButtons, KillPanel } from '@/components/enforcement/kill-switch';
import { ListRefresh } from '@/components/enforcement/list-refresh';
import { type ProposalGroup, ProposalTable } from '@/components/enforcement/proposal-table';
import { PageHeader } from '@/components/shell/page-header';
import { Tabs } from '@/components/ui/tabs';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import { getKillSwitch } from '@/lib/enforcement/get-kill-switch';
import { listProposals } from '@/lib/enforcement/list-proposals';
import { type ProposalList, type ProposalRow, proposalFilterSchema } from '@/lib/enforcement/schema';
import { releaseKillSwitchAction, turnOnKillSwitchAction } from './enforcement-actions';
import '@/components/enforcement/enforcement.css';

export const metadata: Metadata = { title: 'Approvals' };

const TABS = [
  { view: 'all', label: 'All' },
  { view: 'waiting', label: 'Waiting' },
  { view: 'running', label: 'Running' },
  { view: 'closed', label: 'Finished' },
  { view: 'mine', label: 'Proposed by you' },
] as const;

export default async function ApprovalsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[]>>;
}) {
  const person = await requirePerson();
  const filter = proposalFilterSchema.parse(await searchParams);
  const [{ rows, counts }, killSwitch] = await Promise.all([
    listProposals(person, filter),
    getKillSwitch(person),
  ]);
  const kill = { state: killSwitch, turnOn: turnOnKillSwitchAction, release: releaseKillSwitchAction };
  const tabs = TABS.map(({ view, label }) => ({
    label,
    href: view === 'all' ? '/approvals' : `/approvals?view=${view}`,
    count: counts[view],
    current: view === filter.view,
  }));
  return (
    <>
      <PageHeader title="Approvals" fit tabs={<Tabs label="Views" items={tabs} />}>
        {counts.waitsForMe > 0 && (
          <Link className="btn primary" href="/approvals/review" prefetch={false}>
            Review {counts.waitsForMe === 1 ? 'what waits' : `${counts.waitsForMe} that wait`} for you
          </Link>
        )}
        {may(person, 'proposal.create') && (
          <Link className="btn" href="/approvals/new?from=list" prefetch={false}>
            Propose for a list…
          </Link>
        )}
        {!killSwitch.on && <KillButtons {...kill} />}
      </PageHeader>
      <KillPanel {...kill} />
      <ListRefresh active={counts.running > 0} />
      <div className="p-scroll">
        {rows.length > 0 ? (
          <ProposalTable groups={groupsOf(rows)} />
        ) : (
          <Nothing view={filter.view} all={counts.all} />
        )}
      </div>
    </>
  );
}

/** What the reader can answer comes first, what is over last. */
function groupsOf(rows: ProposalRow[]): ProposalGroup[] {
  const running = ['approved', 'running', 'paused'];
  const groups = [
    { title: 'Waiting for you', rows: rows.filter((row) => row.waitsForMe) },
    { title: 'Waiting for others', rows: rows.filter((row) => row.status === 'waiting' && !row.waitsForMe) },
    { title: 'Running', rows: rows.filter((row) => running.includes(row.status)) },
    {
      title: 'Finished',
      rows: rows.filter((row) => row.status !== 'waiting' && !running.includes(row.status)),
    },
  ];
  return groups.filter((group) => group.rows.length > 0);
}

function Nothing({ view, all }: { view: string; all: ProposalList['counts']['all'] }) {
  if (all === 0) {
    return (
      <div className="p-nothing">
        <p className="strong">No action was proposed yet.</p>
        <p className="soft">
          An analyst opens a cluster, looks at its evidence and proposes an action on its accounts; it waits
          here until another person approves it.{' '}
          <Link className="link" href="/clusters">
            Open the queue
          </Link>
        </p>
      </div>
    );
  }
  const words: Record<string, string> = {
    waiting: 'Nothing waits for approval.',
    running: 'Nothing is running.',
    closed: 'Nothing is finished yet.',
    mine: 'You proposed nothing yet.',
  };
  return (
    <div className="p-nothing">
      <p className="strong">{words[view]}</p>
      <p className="soft">
        <Link className="link" href="/approvals">
          Show all {all}
        </Link>
      </p>
    </div>
  );
}
