'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useId, useState } from 'react';
import { accountPath } from '@/components/accounts/account-path';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatCount, formatDay, formatOf, showInvisible } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { RawText } from '@/components/ui/raw-text';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import {
  type AddHoldInput,
  type EndHoldInput,
  HOLD_KINDS,
  HOLD_LABELS,
  HOLD_NOTES,
  type HoldRow,
} from '@/lib/enforcement/hold-schema';
import type { ActionResult } from '@/lib/errors';

interface Actions {
  add: (input: AddHoldInput) => Promise<ActionResult<{ added: number; already: number }>>;
  end: (input: EndHoldInput) => Promise<ActionResult<unknown>>;
}

/** Accounts that no list may hold: the never-ban list and legal holds. */
export function HoldPanel({ rows, total, actions }: { rows: HoldRow[]; total: number; actions: Actions }) {
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<HoldRow | null>(null);
  return (
    <section className="panel" id="holds" aria-labelledby="holds-title">
      <header>
        <h2 id="holds-title">Never-ban list and legal holds</h2>
        <span className="small mute">no proposal may hold these accounts; the database refuses them too</span>
        <span className="push" />
        <Button onClick={() => setAdding(true)}>
          <Plus className="i" aria-hidden="true" />
          Add accounts…
        </Button>
      </header>
      {rows.length === 0 ? (
        <p className="body soft">No account is held.</p>
      ) : (
        <table className="grid rows-32 plain s-holds">
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col">Kind</th>
              <th scope="col">Reason</th>
              <th scope="col">Added by</th>
              <th scope="col" className="num">
                Added
              </th>
              <th scope="col" className="num">
                Until
              </th>
              <th scope="col">
                <span className="vh">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <Link className="mono link" href={accountPath(row.accountId)} prefetch={false}>
                    <RawText>{row.accountId}</RawText>
                  </Link>
                </td>
                <td>{HOLD_LABELS[row.kind]}</td>
                <td className="soft clip" title={showInvisible(row.reason)}>
                  {showInvisible(row.reason)}
                </td>
                <td className="soft">{row.createdBy ?? 'the command line'}</td>
                <td className="num soft">
                  <Ago at={row.createdAt} ago />
                </td>
                <td className="num soft">{row.lastDay ? formatDay(row.lastDay) : 'until ended'}</td>
                <td className="num">
                  <Button
                    variant="ghost"
                    onClick={() => setEnding(row)}
                    aria-label={`End the hold of ${row.accountId}…`}
                  >
                    End…
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {total > rows.length && (
        <p className="body small mute">
          The newest {formatCount(rows.length)} of {formatCount(total)}; others are found on their accounts’
          pages.
        </p>
      )}
      {adding && <AddDialog add={actions.add} onClose={() => setAdding(false)} />}
      {ending && <EndDialog hold={ending} end={actions.end} onClose={() => setEnding(null)} />}
    </section>
  );
}

function AddDialog({ add, onClose }: { add: Actions['add']; onClose: () => void }) {
  const id = useId();
  const [kind, setKind] = useState<AddHoldInput['kind']>('never_ban');
  const [accounts, setAccounts] = useState('');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const { run, busy, problem } = useAct(add);
  const submit = async () => {
    const done = await run({ kind, accounts, reason, ...(until !== '' && { until }) });
    if (!done) return;
    const { added, already } = done.value;
    toast.success(`${formatOf(added, 'account')} added${already > 0 ? `, ${already} held already` : ''}`);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Keep accounts off every list"
      note="Lists that wait cannot be approved while they hold one of them; what runs leaves them out."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={accounts.trim() === '' || reason.trim().length < 3}
            onClick={() => void submit()}
          >
            Add
          </Button>
        </>
      }
    >
      <div className="s-form">
        <fieldset className="s-roles">
          <legend className="label">Kind</legend>
          {HOLD_KINDS.map((each) => (
            <label key={each}>
              <input type="radio" name={id} checked={kind === each} onChange={() => setKind(each)} />
              <span>
                {HOLD_LABELS[each]} <span className="small soft">{HOLD_NOTES[each]}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="form-row">
          <label htmlFor={`${id} accounts`} className="label">
            Account ids, one a line
          </label>
          <textarea
            id={`${id} accounts`}
            className="field"
            value={accounts}
            spellCheck={false}
            onChange={(event) => setAccounts(event.target.value)}
          />
        </div>
        <div className="form-row">
          <label htmlFor={`${id} until`} className="label">
            Last day (UTC), if it ends by itself
          </label>
          <input
            id={`${id} until`}
            className="field"
            type="date"
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
        </div>
        <ReasonField value={reason} onChange={setReason} placeholder="Who asked for it, and why" />
        <ProblemNote problem={problem} />
      </div>
    </Dialog>
  );
}

function EndDialog({ hold, end, onClose }: { hold: HoldRow; end: Actions['end']; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const { run, busy, problem } = useAct(end);
  const submit = async () => {
    if (!(await run({ holdId: hold.id, reason }))) return;
    toast.success(`The hold of ${showInvisible(hold.accountId)} is ended`);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`End the hold of ${showInvisible(hold.accountId)}?`}
      note="From then on it may be on lists again. The hold stays in the audit."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="stop"
            busy={busy}
            disabled={reason.trim().length < 3}
            onClick={() => void submit()}
          >
            End it
          </Button>
        </>
      }
    >
      <ReasonField value={reason} onChange={setReason} autoFocus />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
