'use client';

import { Plus, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { Fragment, useState } from 'react';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { formatCount, formatDay, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { ActionResult } from '@/lib/errors';
import {
  type EndListInput,
  HELD_REASONS,
  type HeldReason,
  type ImportListInput,
  type ImportReport,
  type ListRow,
  listTypeLabel,
  type SettleHeldInput,
} from '@/lib/infrastructure/schema';
import { ImportDialog } from './import-dialog';
import { EndDialog, SettleDialog } from './list-dialogs';
import './infrastructure.css';

export interface ListActions {
  import: (input: ImportListInput) => Promise<ActionResult<ImportReport>>;
  settle: (input: SettleHeldInput) => Promise<ActionResult<{ entries: number }>>;
  end: (input: EndListInput) => Promise<ActionResult<unknown>>;
}

type Asked =
  | { what: 'import' }
  | { what: 'end'; list: ListRow }
  | { what: 'settle'; list: ListRow; held: HeldReason };

/** Lists of what strangers are known to share: what they name links nobody. */
export function InfrastructureView({ lists, actions }: { lists: ListRow[]; actions: ListActions | null }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const live = lists.filter((list) => list.state === 'in_force');
  const past = lists.filter((list) => list.state !== 'in_force');
  const close = () => setAsked(null);
  return (
    <>
      <section className="panel" aria-labelledby="lists-title">
        <header>
          <h2 id="lists-title">Known shared infrastructure</h2>
          <span className="small mute">networks and values that strangers share; they link nobody</span>
          <span className="push" />
          {actions && (
            <Button onClick={() => setAsked({ what: 'import' })}>
              <Plus className="i" aria-hidden="true" />
              Import a list…
            </Button>
          )}
        </header>
        {actions === null && (
          <p className="body soft n-ask">Only administrators change these lists. Ask one of them.</p>
        )}
        {live.length === 0 ? (
          <p className="body soft">
            No list is in force. Without one a VPN’s exits, a hosting provider or a campus can tie strangers
            together until its values are popular enough to be told by number alone.
          </p>
        ) : (
          <ListTable lists={live} ask={actions && setAsked} />
        )}
      </section>
      {past.length > 0 && (
        <section className="panel" aria-labelledby="past-title">
          <header>
            <h2 id="past-title">Over</h2>
            <span className="small mute">they count no more; the newest {formatCount(past.length)}</span>
          </header>
          <ListTable lists={past} ask={null} />
        </section>
      )}
      {actions && asked?.what === 'import' && <ImportDialog run={actions.import} onClose={close} />}
      {actions && asked?.what === 'end' && <EndDialog list={asked.list} end={actions.end} onClose={close} />}
      {actions && asked?.what === 'settle' && (
        <SettleDialog list={asked.list} held={asked.held} settle={actions.settle} onClose={close} />
      )}
    </>
  );
}

function ListTable({ lists, ask }: { lists: ListRow[]; ask: ((asked: Asked) => void) | null }) {
  return (
    <table className="grid rows-40 plain n-lists">
      <thead>
        <tr>
          <th scope="col">List</th>
          <th scope="col">Type</th>
          <th scope="col" className="num">
            Entries
          </th>
          <th scope="col" className="num">
            Took away
          </th>
          <th scope="col">Imported</th>
          <th scope="col">Until</th>
          <th scope="col">
            <span className="vh">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {lists.map((list) => (
          <Fragment key={list.id}>
            <tr>
              <td>
                <span className="n-name">
                  <span className="strong clip">
                    <RawText>{list.name}</RawText>
                  </span>
                  <span className="small mute clip">
                    <RawText>{list.source}</RawText>
                  </span>
                </span>
              </td>
              <td>{listTypeLabel(list.type)}</td>
              <td className="num">{formatCount(list.entries)}</td>
              <td className="num">{tookAway(list)}</td>
              <td className="soft">
                {list.importedBy ? <RawText>{list.importedBy}</RawText> : 'the command line'}{' '}
                <span className="n-when">
                  <Ago at={list.importedAt} ago />
                </span>
              </td>
              <td className="soft" title={list.endedReason ?? undefined}>
                {list.state === 'ended' ? 'ended' : formatDay(list.lastDay)}
                {list.state === 'expired' && ', expired'}
              </td>
              <td className="num">
                {ask && (
                  <Button
                    variant="ghost"
                    aria-label={`End the list ${list.name}…`}
                    onClick={() => ask({ what: 'end', list })}
                  >
                    End…
                  </Button>
                )}
              </td>
            </tr>
            {list.state === 'in_force' &&
              (Object.keys(list.held) as HeldReason[]).map((held) => (
                <HeldLine key={held} list={list} held={held} ask={ask} />
              ))}
            {list.badLines > 0 && list.state === 'in_force' && <BadLines list={list} />}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

/** How many values that several accounts share lost their weight by it in the latest run. */
function tookAway({ matched, state }: ListRow) {
  if (state !== 'in_force') return <span className="mute">–</span>;
  if (matched === null) return <span className="mute">none yet</span>;
  return (
    <Link className="link" href="/detection" prefetch={false}>
      {formatOf(matched, 'value')}
    </Link>
  );
}

function HeldLine({
  list,
  held,
  ask,
}: {
  list: ListRow;
  held: HeldReason;
  ask: ((asked: Asked) => void) | null;
}) {
  const group = list.held[held];
  if (!group) return null;
  return (
    <tr className="n-held">
      <td colSpan={6}>
        <span className="n-note">
          <TriangleAlert className="i i-s" aria-hidden="true" />
          <span>
            {formatOf(group.count, 'entry', 'entries')} held: {HELD_REASONS[held]}.{' '}
            <span className="mute">
              {group.count === 1 ? 'It does' : 'They do'} not count until somebody confirms it.
            </span>{' '}
            {group.examples.slice(0, 3).map((each) => (
              <span key={each.line} className="n-example">
                <RawText className="mono">
                  {each.kind === 'cidr' ? each.value : `${each.kind},${each.value}`}
                </RawText>
              </span>
            ))}
          </span>
        </span>
      </td>
      <td className="num">
        {ask && (
          <Button
            variant="ghost"
            aria-label={`Decide what is held of ${list.name}: ${HELD_REASONS[held]}…`}
            onClick={() => ask({ what: 'settle', list, held })}
          >
            Decide…
          </Button>
        )}
      </td>
    </tr>
  );
}

function BadLines({ list }: { list: ListRow }) {
  return (
    <tr className="n-held">
      <td colSpan={7}>
        <details className="n-bad">
          <summary className="small soft">
            {formatOf(list.badLines, 'line')} of {formatCount(list.lines)} could not be taken
          </summary>
          <ol>
            {list.bad.map((each) => (
              <li key={each.line} className="small">
                <span className="mute">line {formatCount(each.line)}:</span> <RawText>{each.reason}</RawText>
              </li>
            ))}
          </ol>
          {list.badLines > list.bad.length && (
            <p className="small mute">and {formatCount(list.badLines - list.bad.length)} more</p>
          )}
        </details>
      </td>
    </tr>
  );
}
