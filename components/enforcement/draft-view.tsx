'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import { REASON_CODES, REASON_LABELS, type ReasonCode } from '@/lib/enforcement/notice-schema';
import type { Countermeasure } from '@/lib/enforcement/provider-settings-schema';
import type { ImpactGroupName } from '@/lib/enforcement/schema';
import { DraftChoices } from './draft-choices';
import { GuardrailList } from './guardrail-list';
import { ImpactTable } from './impact-table';
import { LeftOutPanel } from './left-out-panel';
import { SplitPanel } from './split-panel';
import { StrengthChart } from './strength-chart';
import { type DraftActions, type DraftChoice, type DraftTarget, useDraft } from './use-draft';
import { draftVerb, shortHash } from './words';

export type { DraftTarget } from './use-draft';

/** A proposal before it is one: whom it would hit and what that costs, whom to leave out, and then exactly this list. */
export function DraftView({
  target,
  first,
  countermeasures,
  actions,
}: {
  target: DraftTarget;
  first: Pick<DraftChoice, 'action' | 'exclude'>;
  countermeasures: Countermeasure[];
  actions: DraftActions;
}) {
  const router = useRouter();
  const draft = useDraft(target, first, actions);
  const [reason, setReason] = useState('');
  const [reasonCode, setReasonCode] = useState<ReasonCode>('distillation');
  const propose = useAct(actions.propose);
  const split = useAct(actions.split);
  const { choice, change, query, input, ready } = draft;
  const { replaces } = input;
  const { data, error, isFetching, isPlaceholderData, refetch } = query;
  const forbids = data?.guardrails.find((check) => !check.ok && check.blocks);
  const current = ready && data !== undefined && !isPlaceholderData && !isFetching && !error;
  const may = current && !forbids && reason.trim().length >= 3 && !propose.busy && !split.busy;

  const submit = async (act: typeof propose) => {
    if (!may || !data) return;
    const { sha256, accountCount: seenCount } = data;
    const done = await act.run({ ...input, reason, reasonCode, sha256, seenCount });
    // What was refused may have been another list by now: the new one is counted and shown.
    if (!done) return void refetch();
    const { ids } = done.value;
    toast.success(
      `${ids.map((id) => `P-${id}`).join(' and ')} ${ids.length === 1 ? 'waits' : 'wait'} for approval`,
    );
    router.push(`/approvals/${ids[0]}`);
  };
  const toggle = (group: ImpactGroupName) => {
    const out = choice.exclude.includes(group);
    change({ exclude: out ? choice.exclude.filter((each) => each !== group) : [...choice.exclude, group] });
  };
  return (
    <div className="p-cols">
      <div className="p-content">
        <DraftChoices
          target={target}
          draft={draft}
          countermeasures={countermeasures}
          report={data?.list ?? null}
        />
        {error && (
          <div className="panel p-choice">
            <ProblemNote problem={`The list could not be counted: ${error.message}`} />
            <div>
              <Button onClick={() => void refetch()}>Try again</Button>
            </div>
          </div>
        )}
        {!error && !data && ready && (
          <p className="soft" aria-busy="true">
            Counting whom it would hit…
          </p>
        )}
        {data && ready && !error && (
          <div className={`p-stack${isFetching ? ' p-waiting' : ''}`} aria-live="polite">
            <ImpactTable
              impact={data.impact}
              action={choice.action}
              past={false}
              groupAccounts={data.groupAccounts}
              excluding={{ out: choice.exclude, toggle }}
            />
            <div className="p-pair">
              <div className="p-stack">
                {data.split && (
                  <SplitPanel split={data.split} wrong={data.impact.wrong} left={data.leftOut.weak}>
                    <Button busy={split.busy} disabled={!may} onClick={() => void submit(split)}>
                      Propose this split
                    </Button>
                  </SplitPanel>
                )}
                <StrengthChart bins={data.strengths} weakest={data.impact.weakest} />
                <LeftOutPanel leftOut={data.leftOut} accounts={data.leftAccounts} />
              </div>
              <GuardrailList guardrails={data.guardrails} />
            </div>
          </div>
        )}
      </div>
      <aside className="rail" aria-label="Propose">
        <section aria-labelledby="propose-title">
          <h2 id="propose-title">Propose</h2>
          <div className="p-rail-form">
            <ReasonField
              value={reason}
              onChange={setReason}
              onSubmit={() => void submit(propose)}
              placeholder="What you saw, and what you checked. Approvers read this."
            />
            <label className="p-field">
              <span className="label">What owners are told</span>
              <select
                className="field"
                value={reasonCode}
                onChange={(event) => setReasonCode(event.target.value as ReasonCode)}
              >
                {REASON_CODES.map((code) => (
                  <option key={code} value={code}>
                    {REASON_LABELS[code]}
                  </option>
                ))}
              </select>
            </label>
            <ProblemNote problem={propose.problem ?? split.problem} />
            <Button
              large
              wide
              variant="primary"
              busy={propose.busy}
              disabled={!may}
              onClick={() => void submit(propose)}
            >
              {data ? `${draftVerb(choice.action)} ${formatOf(data.accountCount, 'account')}` : 'Propose'}
            </Button>
            {forbids && current && <p className="small p-refusal">{forbids.title}.</p>}
            {data && (
              <p className="small mute">
                {data.approvalsRequired === 1 ? 'One other person approves' : 'Two other people approve'}{' '}
                exactly this list,{' '}
                <span className="mono" title={data.sha256}>
                  sha256 {shortHash(data.sha256)}
                </span>
                {data.freshMinutes && `, signed in within the last ${data.freshMinutes} minutes`}. Nothing is
                done to any account before.
              </p>
            )}
            {data?.confirms && (
              <p className="small soft">
                {data.confirms.name} is not confirmed yet: proposing also claims and confirms it, with this
                reason.
              </p>
            )}
            {replaces && (
              <p className="small soft">P-{formatCount(replaces)} is withdrawn when this one is made.</p>
            )}
          </div>
        </section>
      </aside>
    </div>
  );
}
