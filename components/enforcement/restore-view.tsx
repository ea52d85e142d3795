'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { accountPath } from '@/components/accounts/account-path';
import { ACCOUNT_STATUS_LABELS } from '@/components/accounts/account-status';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { RawText } from '@/components/ui/raw-text';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import type {
  NotRestored,
  PreviewRestoreInput,
  RestoreInput,
  RestorePreview,
} from '@/lib/enforcement/restore-schema';
import type { ActionResult } from '@/lib/errors';
import { GuardrailList } from './guardrail-list';
import { DONE_WORD, draftVerb, shortHash } from './words';

const WHY: Record<NotRestored, string> = {
  untouched: 'nothing was done to them',
  restored: 'taken back, or in their former state already',
  changed: 'changed by other hands since',
  later: 'a later action stands',
  under_way: 'another proposal restores them',
  held: 'under legal hold',
};

/** What would be taken back, account by account: the state now, the state to return to. */
export function RestoreView({
  target,
  actions,
}: {
  target: PreviewRestoreInput;
  actions: {
    preview: (input: PreviewRestoreInput) => Promise<ActionResult<RestorePreview>>;
    restore: (input: RestoreInput) => Promise<ActionResult<{ id: number }>>;
  };
}) {
  const router = useRouter();
  const [reason, setReason] = useState('');
  const [only, setOnly] = useState<ReadonlySet<string> | null>(null);
  const { run, busy, problem } = useAct(actions.restore);
  const input: PreviewRestoreInput = only ? { ...target, accountIds: [...only] } : target;
  const read = (of: PreviewRestoreInput) => async () => {
    const result = await actions.preview(of);
    if (!result.ok) throw new Error(result.message);
    return result.value;
  };
  const options = { staleTime: 0, retry: false, refetchOnWindowFocus: false } as const;
  const all = useQuery({ queryKey: ['restore', target], queryFn: read(target), ...options });
  const part = useQuery({
    queryKey: ['restore', input],
    queryFn: read(input),
    enabled: only !== null && only.size > 0,
    ...options,
  });
  const chosen = only === null ? all : part;
  const data = all.data;
  const forbids = chosen.data?.guardrails.find((check) => !check.ok && check.blocks);
  const may =
    chosen.data !== undefined &&
    !chosen.isFetching &&
    !forbids &&
    only?.size !== 0 &&
    reason.trim().length >= 3;
  const submit = async () => {
    if (!may || !chosen.data) return;
    const done = await run({ ...input, reason, sha256: chosen.data.sha256 });
    if (!done) return void chosen.refetch();
    toast.success(`P-${done.value.id} waits for approval`);
    router.push(`/approvals/${done.value.id}`);
  };
  const toggle = (id: string) => {
    const next = new Set(only ?? data?.rows.map((row) => row.accountId));
    if (!next.delete(id)) next.add(id);
    setOnly(next);
  };
  if (all.error) {
    return (
      <div className="p-nothing">
        <ProblemNote problem={`What would be restored could not be counted: ${all.error.message}`} />
        <Button onClick={() => void all.refetch()}>Try again</Button>
      </div>
    );
  }
  if (!data) {
    return (
      <p className="p-nothing soft" aria-busy="true">
        Looking at what was done…
      </p>
    );
  }
  const left = (Object.keys(WHY) as NotRestored[]).filter((why) => data.leftOut[why] > 0);
  return (
    <div className="p-cols">
      <div className="p-content">
        <section className="panel" aria-labelledby="back-title">
          <header>
            <h2 id="back-title">What would be taken back</h2>
            <span className="small mute">
              {formatOf(data.accountCount, 'account')}, weakest evidence first
            </span>
          </header>
          {data.rows.length === 0 ? (
            <p className="body soft">There is nothing to take back.</p>
          ) : (
            <table className="grid rows-32 plain p-back">
              <thead>
                <tr>
                  <th scope="col">
                    <span className="vh">On the list</span>
                  </th>
                  <th scope="col">Account</th>
                  <th scope="col">Now</th>
                  <th scope="col">Returns to</th>
                  <th scope="col">Takes back</th>
                </tr>
              </thead>
              <tbody>
                {data.rows.map((row) => (
                  <tr key={row.accountId}>
                    <td>
                      <input
                        type="checkbox"
                        aria-label={`Restore ${row.accountId}`}
                        checked={only === null || only.has(row.accountId)}
                        disabled={data.accountCount > data.rows.length}
                        onChange={() => toggle(row.accountId)}
                      />
                    </td>
                    <td>
                      <Link className="mono p-account" href={accountPath(row.accountId)} prefetch={false}>
                        <RawText>{row.accountId}</RawText>
                      </Link>
                    </td>
                    <td>{ACCOUNT_STATUS_LABELS[row.current]}</td>
                    <td>
                      <b>
                        {row.returnsTo === null
                          ? `without ${row.lifts.join(', ')}`
                          : ACCOUNT_STATUS_LABELS[row.returnsTo]}
                      </b>
                    </td>
                    <td className="soft">
                      <Link className="link" href={`/approvals/${row.of}`}>
                        P-{row.of}
                      </Link>{' '}
                      {DONE_WORD[row.action]}
                      {row.unsure && ', outcome unknown at the provider'}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {data.accountCount > data.rows.length && (
            <p className="small mute p-foot-note">
              and {formatCount(data.accountCount - data.rows.length)} more; to restore a few of them, restore
              those from their own pages.
            </p>
          )}
        </section>
        {left.length > 0 && (
          <section className="panel" aria-labelledby="stay-title">
            <header>
              <h2 id="stay-title">Not restored</h2>
            </header>
            <div className="p-report">
              {left.map((why) => (
                <details key={why}>
                  <summary>
                    <b className="num">{formatCount(data.leftOut[why])}</b> {WHY[why]}
                  </summary>
                  <ul>
                    {data.leftAccounts
                      .filter((account) => account.why === why)
                      .map((account) => (
                        <li key={account.accountId} className="small">
                          <RawText className="mono">{account.accountId}</RawText> {account.note}
                        </li>
                      ))}
                  </ul>
                </details>
              ))}
            </div>
          </section>
        )}
        <GuardrailList guardrails={chosen.data?.guardrails ?? data.guardrails} />
      </div>
      <aside className="rail" aria-label="Propose">
        <section aria-labelledby="restore-title">
          <h2 id="restore-title">Propose restoring</h2>
          <div className="p-rail-form">
            <ReasonField
              value={reason}
              onChange={setReason}
              onSubmit={() => void submit()}
              placeholder="What was wrong. Approvers and the audit read this."
            />
            <ProblemNote problem={problem} />
            <Button large wide variant="primary" busy={busy} disabled={!may} onClick={() => void submit()}>
              {draftVerb('restore')} {formatOf(only?.size ?? data.accountCount, 'account')}
            </Button>
            {forbids && <p className="small p-refusal">{forbids.title}.</p>}
            {chosen.data && (
              <p className="small mute">
                {chosen.data.approvalsRequired === 1
                  ? 'One other person approves'
                  : 'Two other people approve'}{' '}
                exactly this list,{' '}
                <span className="mono" title={chosen.data.sha256}>
                  sha256 {shortHash(chosen.data.sha256)}
                </span>
                .
              </p>
            )}
          </div>
        </section>
      </aside>
    </div>
  );
}
