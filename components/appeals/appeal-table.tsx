'use client';

import Link from 'next/link';
import { KindIcon, kindShort } from '@/components/clusters/kind-icon';
import { useDesk } from '@/components/shell/desk-context';
import { Ago } from '@/components/ui/ago';
import { Avatar } from '@/components/ui/avatar';
import { showInvisible } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import { type Column, RowTable } from '@/components/ui/row-table';
import type { AppealedAct, AppealRow } from '@/lib/enforcement/appeal-schema';
import { AppealStateMark } from './appeal-state';
import { actWords } from './words';

const hrefOf = (row: AppealRow) => `/appeals/${row.number}`;

/** Appeals, the longest waiting first. */
export function AppealTable({ rows }: { rows: AppealRow[] }) {
  const { person } = useDesk();
  return <RowTable className="ap-list" rows={rows} href={hrefOf} columns={columnsFor(person.id)} />;
}

const columnsFor = (readerId: number): readonly Column<AppealRow>[] => [
  {
    head: 'Appeal',
    className: 'p-what',
    cell: (row) => (
      <>
        <Link href={hrefOf(row)} className="p-open clip">
          <RawText>{row.accountId}</RawText>
        </Link>
        <span className="small mute clip">
          AP-{row.number}
          {row.excerpt !== null && <bdi> · {showInvisible(row.excerpt.replaceAll(/\s+/g, ' '))}</bdi>}
        </span>
      </>
    ),
  },
  {
    head: 'Against',
    className: 'p-what',
    cell: (row) => (row.act ? <Act act={row.act} /> : <span className="mute">no act of ours</span>),
  },
  {
    head: 'Held by',
    cell: (row) => (row.act ? <Kinds kinds={row.act.kinds} /> : <span className="mute">–</span>),
  },
  { head: 'Strength', num: true, cell: (row) => (row.act ? row.act.strength.toFixed(2) : '–') },
  {
    head: 'State',
    cell: (row) => <AppealStateMark state={row.state} taken={row.assignee !== null} />,
  },
  {
    head: 'Who',
    cell: ({ assignee }) =>
      assignee ? (
        <Avatar name={assignee.name} you={assignee.id === readerId} />
      ) : (
        <span className="mute">–</span>
      ),
  },
  {
    head: 'Waits',
    num: true,
    className: 'soft',
    cell: (row) => (row.decidedAt ? <Ago at={row.decidedAt} ago /> : <Ago at={row.receivedAt} />),
  },
];

function Act({ act }: { act: AppealedAct }) {
  return (
    <>
      <span>{actWords(act)}</span>
      <span className="small mute clip">
        {act.cluster ? <RawText>{act.cluster.name}</RawText> : 'no cluster'} · <Ago at={act.at} ago />
      </span>
    </>
  );
}

/** The kinds of evidence that held the account; the first two by name. */
function Kinds({ kinds }: { kinds: readonly string[] }) {
  if (kinds.length === 0) return <span className="mute">not kept</span>;
  return (
    <span className="ap-kinds" title={kinds.map(kindShort).join(', ')}>
      {kinds.slice(0, 2).map((kind) => (
        <span className="p-kind" key={kind}>
          <KindIcon kind={kind} />
          <span className="clip">{kindShort(kind)}</span>
        </span>
      ))}
      {kinds.length > 2 && <span className="mute">+{kinds.length - 2}</span>}
    </span>
  );
}
