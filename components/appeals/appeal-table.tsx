'use client';

import Link from 'next/link';
import { useRowKeys } from '@/components/accounts/use-row-keys';
import { KindIcon, kindShort } from '@/components/clusters/kind-icon';
import { useDesk } from '@/components/shell/desk-context';
import { Ago } from '@/components/ui/ago';
import { Avatar } from '@/components/ui/avatar';
import { showInvisible } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { AppealedAct, AppealRow } from '@/lib/enforcement/appeal-schema';
import { AppealStateMark } from './appeal-state';
import { actWords } from './words';

/** Appeals, the longest waiting first; j and k move, enter opens. */
export function AppealTable({ rows }: { rows: AppealRow[] }) {
  const { person } = useDesk();
  const { at, table } = useRowKeys(rows.map((row) => `/appeals/${row.number}`));
  return (
    <table className="grid rows-40 ap-list" ref={table}>
      <thead>
        <tr>
          <th scope="col">Appeal</th>
          <th scope="col">Against</th>
          <th scope="col">Held by</th>
          <th scope="col" className="num">
            Strength
          </th>
          <th scope="col">State</th>
          <th scope="col">Who</th>
          <th scope="col" className="num">
            Waits
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.number}
            data-row={`/appeals/${row.number}`}
            className={at === `/appeals/${row.number}` ? 'at' : undefined}
          >
            <td className="p-what">
              <Link href={`/appeals/${row.number}`} className="p-open clip">
                <RawText>{row.accountId}</RawText>
              </Link>
              <span className="small mute clip">
                AP-{row.number}
                {row.excerpt !== null && <bdi> · {showInvisible(row.excerpt.replaceAll(/\s+/g, ' '))}</bdi>}
              </span>
            </td>
            <td className="p-what">
              {row.act ? <Act act={row.act} /> : <span className="mute">no act of ours</span>}
            </td>
            <td>{row.act ? <Kinds kinds={row.act.kinds} /> : <span className="mute">–</span>}</td>
            <td className="num">{row.act ? row.act.strength.toFixed(2) : '–'}</td>
            <td>
              <AppealStateMark state={row.state} taken={row.assignee !== null} />
            </td>
            <td>
              {row.assignee ? (
                <Avatar name={row.assignee.name} you={row.assignee.id === person.id} />
              ) : (
                <span className="mute">–</span>
              )}
            </td>
            <td className="num soft">
              {row.decidedAt ? <Ago at={row.decidedAt} ago /> : <Ago at={row.receivedAt} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

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
