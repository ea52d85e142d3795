'use client';

import { Circle, History, Share2, Stamp, User } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { reopenedWords } from '@/components/clusters/reopened-words';
import { SeverityMark } from '@/components/clusters/severity-mark';
import { proposalTitle } from '@/components/enforcement/words';
import { Ago, Until } from '@/components/ui/ago';
import { formatCount, formatOf, showInvisible } from '@/components/ui/format';
import type { Overview, OverviewCluster } from '@/lib/clusters/overview-schema';
import { clusterRef } from '@/lib/clusters/rules';
import type { ProposalRow } from '@/lib/enforcement/schema';
import { shareRef } from '@/lib/intel/rules';
import type { ShareRow } from '@/lib/intel/share-schema';

const SHOWN = 5;

/** What waits for the reader, most urgent first; groups without anything are not drawn. */
export function NeedsYou({
  overview,
  approvals,
  shares,
}: {
  overview: Overview;
  approvals: ProposalRow[];
  shares: ShareRow[];
}) {
  const { reopened, unclaimed, mine } = overview;
  const total = approvals.length + shares.length + reopened.total + unclaimed.total + mine.total;
  return (
    <section className="panel need" aria-labelledby="needs-you">
      <header>
        <h2 id="needs-you">Needs you now</h2>
        <span className="push small mute">{total > 0 ? `${formatCount(total)} in all` : ''}</span>
      </header>
      {total === 0 && (
        <p className="body soft">
          Nothing waits for you: no approval, nothing to share, no cluster that is new and unclaimed on both
          axes, none of your own.
        </p>
      )}
      <Group
        icon={<Stamp className="i" aria-hidden="true" />}
        title="Waiting for your approval"
        total={approvals.length}
        href="/approvals"
      >
        {approvals.slice(0, SHOWN).map((row) => (
          <Line
            key={row.id}
            href={`/approvals/${row.id}`}
            reference={`P-${row.id}`}
            title={proposalTitle(row)}
            note={
              <>
                {row.approvals} of {row.approvalsRequired}, expires in <Until at={row.expiresAt} />
              </>
            }
            at={row.proposedAt}
          />
        ))}
      </Group>
      <Group
        icon={<Share2 className="i" aria-hidden="true" />}
        title="Waiting to be shared with partners"
        total={shares.length}
        href="/campaigns"
      >
        {shares.slice(0, SHOWN).map((row) => (
          <Line
            key={row.id}
            href={`/campaigns/shares/${row.id}`}
            reference={shareRef(row.id)}
            title={showInvisible(row.campaign.name)}
            note={
              <>
                {formatOf(row.objects, 'object')}, TLP:{row.tlp.toUpperCase()}
              </>
            }
            at={row.proposedAt}
          />
        ))}
      </Group>
      <Group
        icon={<History className="i" aria-hidden="true" />}
        title="Open again"
        total={reopened.total}
        href="/clusters?status=open"
      >
        {reopened.rows.map((row) => (
          <ClusterLine
            key={row.id}
            row={row}
            note={reopenedWords(row.reopenedCause ?? '')}
            at={row.updatedAt}
          />
        ))}
      </Group>
      <Group
        icon={<Circle className="i" aria-hidden="true" />}
        title="New and unclaimed, both axes high"
        total={unclaimed.total}
        href="/clusters?quadrant=distillation&who=nobody"
      >
        {unclaimed.rows.map((row) => (
          <ClusterLine key={row.id} row={row} note={<SeverityMark score={row.score} />} at={row.createdAt} />
        ))}
      </Group>
      <Group
        icon={<User className="i" aria-hidden="true" />}
        title="Claimed by you"
        total={mine.total}
        href="/clusters?who=me"
      >
        {mine.rows.map((row) => (
          <ClusterLine
            key={row.id}
            row={row}
            note={
              <>
                no move for <Ago at={row.updatedAt} />
              </>
            }
            at={row.createdAt}
          />
        ))}
      </Group>
    </section>
  );
}

function Group({
  icon,
  title,
  total,
  href,
  children,
}: {
  icon: ReactNode;
  title: string;
  total: number;
  href: string;
  children: ReactNode;
}) {
  if (total === 0) return null;
  return (
    <div className="need-group">
      <h3>
        <Link href={href}>
          {icon}
          <b>{title}</b>
          <span className="cnt">{formatCount(total)}</span>
        </Link>
      </h3>
      <ul>{children}</ul>
    </div>
  );
}

function ClusterLine({ row, note, at }: { row: OverviewCluster; note: ReactNode; at: string }) {
  const title = `${row.name}, ${formatOf(row.accounts, 'account')}`;
  return (
    <Line href={`/clusters/${row.id}`} reference={clusterRef(row.id)} title={title} note={note} at={at} />
  );
}

function Line({
  href,
  reference,
  title,
  note,
  at,
}: {
  href: string;
  reference: string;
  title: string;
  note: ReactNode;
  at: string;
}) {
  return (
    <li>
      <Link href={href}>
        <span className="mono mute">{reference}</span>
        <span className="clip" title={title}>
          {title}
        </span>
        <span className="soft clip">{note}</span>
        <span className="num mute">
          <Ago at={at} />
        </span>
      </Link>
    </li>
  );
}
