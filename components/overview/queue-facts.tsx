'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatDuration } from '@/components/ui/format';
import type { Overview } from '@/lib/clusters/overview-schema';

/** How the queue stands and moves, each figure beside what it is measured by. */
export function QueueFacts({ overview }: { overview: Overview }) {
  const { queue, unclaimed } = overview;
  const decided = queue.confirmed30d + queue.dismissed30d;
  return (
    <section className="panel" aria-labelledby="queue-facts">
      <header>
        <h2 id="queue-facts">The queue</h2>
        <Link className="push small link" href="/workload">
          Workload
        </Link>
      </header>
      <ul className="fg">
        <Fact
          href="/clusters"
          label="Not dismissed"
          note={`${formatCount(unclaimed.total)} unclaimed on both axes`}
        >
          {formatCount(queue.notDismissed)}
        </Fact>
        <Fact
          href="/clusters?status=open&who=nobody&sort=age"
          label="Oldest unclaimed"
          note={`${formatCount(queue.late)} over the limit of ${formatDuration(queue.claimHours * 3_600)}`}
        >
          <Ago at={queue.oldestUnclaimedAt} />
        </Fact>
        <Fact href="/clusters?who=me" label="Median time to claim" note="claimed in the last 30 days">
          {queue.medianClaimSeconds === null ? '–' : formatDuration(queue.medianClaimSeconds)}
        </Fact>
        <Fact
          href="/clusters?status=confirmed"
          label="Confirmed, 30 days"
          note={`${formatCount(queue.dismissed30d)} dismissed`}
        >
          {formatCount(queue.confirmed30d)} of {formatCount(decided)}
        </Fact>
      </ul>
    </section>
  );
}

function Fact({
  href,
  label,
  note,
  children,
}: {
  href: string;
  label: string;
  note: string;
  children: ReactNode;
}) {
  return (
    <li>
      <Link href={href}>
        <span className="soft">{label}</span>
        <b>{children}</b>
        <span className="small mute clip">{note}</span>
      </Link>
    </li>
  );
}
