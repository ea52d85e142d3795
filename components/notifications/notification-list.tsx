'use client';

import { AtSign, History, type LucideIcon, OctagonPause, Stamp, UserCheck } from 'lucide-react';
import Link from 'next/link';
import { objectHref } from '@/components/audit/audit-query';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { formatOf, showInvisible } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { useAct } from '@/components/ui/use-act';
import type { ActionResult } from '@/lib/errors';
import { wordsToOne } from '@/lib/notifications/rules';
import type { NotificationKind, NotificationPage, NotificationRow } from '@/lib/notifications/schema';

const ICONS: Record<NotificationKind, LucideIcon> = {
  mention: AtSign,
  assigned: UserCheck,
  approval: Stamp,
  regrowth: History,
  stopped: OctagonPause,
};

/** What the reader was told of, newest first; new ones are marked with a dot and bold. */
export function NotificationList({
  page: { rows, unread },
  markRead,
}: {
  page: NotificationPage;
  markRead: (input: { id: string }) => Promise<ActionResult>;
}) {
  const { run, busy, problem } = useAct(markRead);
  const newest = rows[0];
  return (
    <section className="panel" aria-labelledby="told">
      <header>
        <h2 id="told">What you were told</h2>
        <span className="small mute">{unread > 0 ? `${formatOf(unread, 'new one')}` : 'nothing new'}</span>
        {newest && unread > 0 && (
          <Button className="low push" busy={busy} onClick={() => void run({ id: newest.id })}>
            Mark all as read
          </Button>
        )}
      </header>
      <ProblemNote problem={problem} />
      {rows.length === 0 && (
        <p className="body soft">
          Nothing yet. You hear here when a comment names you, a cluster is handed to you, a proposal waits, a
          banned cluster grows again or an action stops.
        </p>
      )}
      <ul className="nt-list">
        {rows.map((row) => (
          <Told key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Told({ row }: { row: NotificationRow }) {
  const Icon = ICONS[row.kind];
  const what = row.label ? `${showInvisible(row.label)}, ${row.objectId}` : row.objectId;
  const href = objectHref(row);
  const words = wordsToOne(row.kind, showInvisible(row.actorName), what);
  return (
    <li className={row.read ? undefined : 'new'}>
      <Icon className="i" aria-hidden="true" />
      <div>
        {href ? (
          <Link href={href} prefetch={false}>
            {words}
          </Link>
        ) : (
          words
        )}
        {!row.read && <span className="vh"> (new)</span>}
        {row.note && <p className="small soft nt-note">{showInvisible(row.note)}</p>}
      </div>
      <span className="small mute">
        <Ago at={row.at} ago />
      </span>
    </li>
  );
}
