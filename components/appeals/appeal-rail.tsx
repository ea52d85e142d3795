'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { plainLines } from '@/components/enforcement/plain-lines';
import { useDesk } from '@/components/shell/desk-context';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { showInvisible } from '@/components/ui/format';
import { Menu, MenuItem } from '@/components/ui/menu';
import { ProblemNote } from '@/components/ui/problem-note';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import { Refused } from '@/components/ui/tooltip';
import { useAct } from '@/components/ui/use-act';
import type { AppealDetail, AssignAppealInput, DecideAppealInput } from '@/lib/enforcement/appeal-schema';
import type { ActionResult } from '@/lib/errors';
import { STATE_WORDS } from './words';

export interface AppealActions {
  assign: (input: AssignAppealInput) => Promise<ActionResult<unknown>>;
  decide: (input: DecideAppealInput) => Promise<ActionResult<{ restoreId: number | null }>>;
}

/** Who has it, and the word on it once it is theirs. */
export function AppealRail({ appeal, actions }: { appeal: AppealDetail; actions: AppealActions }) {
  return (
    <section aria-labelledby="decision-title">
      <h2 id="decision-title">
        Decision <span className="push strong">{STATE_WORDS[appeal.state]}</span>
      </h2>
      {appeal.decision ? <Decided appeal={appeal} /> : <Open appeal={appeal} actions={actions} />}
    </section>
  );
}

function Decided({ appeal }: { appeal: AppealDetail }) {
  const { decision, restore } = appeal;
  if (!decision) return null;
  return (
    <>
      <p>
        <b>{showInvisible(decision.by.name)}</b>{' '}
        <span className="mute small">
          {decision.verdict === 'grant' ? 'granted it' : 'upheld the act'}, <Ago at={appeal.decidedAt} ago />
        </span>
      </p>
      <p className="small soft said-text">{plainLines(decision.reason)}</p>
      {restore && (
        <p className="small ap-next">
          <Link className="a-link" href={`/approvals/${restore.proposalId}`}>
            P-{restore.proposalId}
          </Link>{' '}
          {restore.status === 'waiting'
            ? 'restores the account; it waits for another person’s approval.'
            : `restores the account: ${restore.status}.`}
        </p>
      )}
    </>
  );
}

function Open({ appeal, actions }: { appeal: AppealDetail; actions: AppealActions }) {
  const { person, may } = useDesk();
  const router = useRouter();
  const { run, busy, problem } = useAct(actions.assign);
  const mine = appeal.assignee?.id === person.id;
  const assign = async (toId: number | null, done: string) => {
    if (!(await run({ number: appeal.number, toId }))) return;
    toast.success(done);
    router.refresh();
  };
  const take = (
    <Button
      large
      variant={appeal.refusal === null ? 'primary' : 'plain'}
      disabled={appeal.refusal !== null}
      busy={busy}
      onClick={() => assign(person.id, `AP-${appeal.number} is yours`)}
    >
      Take it up
    </Button>
  );
  return (
    <>
      <p className="small soft">
        {appeal.assignee ? (
          <>
            <b>{mine ? 'You' : showInvisible(appeal.assignee.name)}</b> took it up{' '}
            <Ago at={appeal.assignedAt} ago />
          </>
        ) : (
          'Nobody has taken it up. Whoever does had no part in the act.'
        )}
      </p>
      {!mine && (
        <div className="ap-row">
          {appeal.refusal === null ? take : <Refused reason={appeal.refusal}>{take}</Refused>}
        </div>
      )}
      {!mine && appeal.refusal !== null && <p className="small p-refusal">{appeal.refusal}</p>}
      {mine && <DecideForm appeal={appeal} decide={actions.decide} />}
      {may('appeal.decide') && (
        <div className="ap-row">
          <Menu
            label="Who could decide it"
            trigger={
              <Button variant="ghost" busy={busy}>
                Hand to…
              </Button>
            }
          >
            {appeal.eligible
              .filter((each) => each.id !== appeal.assignee?.id)
              .map((each) => (
                <MenuItem
                  key={each.id}
                  onSelect={() => assign(each.id, `AP-${appeal.number} goes to ${showInvisible(each.name)}`)}
                >
                  {showInvisible(each.name)}
                </MenuItem>
              ))}
          </Menu>
          {mine && (
            <Button
              variant="ghost"
              busy={busy}
              onClick={() => assign(null, `AP-${appeal.number} waits again`)}
            >
              Give back
            </Button>
          )}
        </div>
      )}
      <ProblemNote problem={problem} />
    </>
  );
}

function DecideForm({ appeal, decide }: { appeal: AppealDetail; decide: AppealActions['decide'] }) {
  const router = useRouter();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [asked, setAsked] = useState<'uphold' | 'grant' | null>(null);
  const { run, busy, problem, clear } = useAct(decide);
  const ask = (verdict: 'uphold' | 'grant') => {
    clear();
    setMissing(reason.trim().length < 3);
    if (reason.trim().length >= 3) setAsked(verdict);
  };
  const submit = async () => {
    if (!asked) return;
    const result = await run({ number: appeal.number, verdict: asked, reason });
    if (!result) return;
    const { restoreId } = result.value;
    toast.success(
      restoreId === null
        ? `AP-${appeal.number} is decided`
        : `AP-${appeal.number} is granted; P-${restoreId} restores the account`,
    );
    router.refresh();
  };
  const grant = (
    <Button large disabled={appeal.act === null} onClick={() => ask('grant')}>
      Grant…
    </Button>
  );
  return (
    <>
      <ReasonField
        value={reason}
        onChange={(value) => {
          setReason(value);
          setMissing(false);
        }}
        placeholder="What you checked, and why it is right"
      />
      {missing && (
        <p className="small p-missing" role="alert">
          Say why, in a few words. The audit keeps it.
        </p>
      )}
      <div className="p-two">
        {appeal.act ? (
          grant
        ) : (
          <Refused reason="No act of ours is behind it: there is nothing to take back.">{grant}</Refused>
        )}
        <Button large onClick={() => ask('uphold')}>
          Uphold the act…
        </Button>
      </div>
      {asked && (
        <Dialog
          open
          onOpenChange={(open) => !open && setAsked(null)}
          title={
            asked === 'grant' ? `Grant AP-${appeal.number}?` : `Uphold the act against AP-${appeal.number}?`
          }
          note={
            asked === 'grant'
              ? 'A restore of this account is proposed in your name and waits for another person. The grant counts against the detection behind the act. It is final.'
              : 'The account stays as it is. The decision is final.'
          }
          footer={
            <>
              <Button onClick={() => setAsked(null)}>Cancel</Button>
              <Button variant="primary" busy={busy} onClick={submit}>
                {asked === 'grant' ? 'Grant' : 'Uphold'}
              </Button>
            </>
          }
        >
          <p className="said-text">{plainLines(reason)}</p>
          <ProblemNote problem={problem} />
        </Dialog>
      )}
    </>
  );
}
