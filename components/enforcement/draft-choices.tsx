'use client';

import Link from 'next/link';
import { formatOf } from '@/components/ui/format';
import type { PreviewInput } from '@/lib/enforcement/propose-schema';
import type { Countermeasure } from '@/lib/enforcement/provider-settings-schema';
import type { ListReport } from '@/lib/enforcement/weigh-schema';
import { ListField } from './list-field';
import type { DraftTarget, useDraft } from './use-draft';

const ACTIONS: { action: PreviewInput['action']; label: string; note: string }[] = [
  { action: 'ban', label: 'Ban', note: 'The accounts stop working at the provider.' },
  {
    action: 'require_verification',
    label: 'Require verification',
    note: 'They stop until somebody proves who they are: for abused education, research and start-up programmes.',
  },
  { action: 'throttle', label: 'Throttle', note: 'They go on, slowly.' },
  { action: 'countermeasure', label: 'Countermeasure', note: 'They go on, and get less to copy.' },
];

/** Whom a draft is for and what is to be done to them. */
export function DraftChoices({
  target,
  draft,
  countermeasures,
  report,
}: {
  target: DraftTarget;
  draft: ReturnType<typeof useDraft>;
  countermeasures: Countermeasure[];
  report: ListReport | null;
}) {
  const { choice, change, query, selected } = draft;
  const chosen = countermeasures.find((each) => each.id === choice.countermeasure);
  const action = ACTIONS.find((each) => each.action === choice.action);
  return (
    <section className="panel" aria-labelledby="draft-title">
      <header>
        <h2 id="draft-title">{titleOf(target, query.data?.sourceLabel)}</h2>
        {target.kind === 'selection' && selected && (
          <span className="small mute">{formatOf(selected.length, 'account')} selected</span>
        )}
      </header>
      <div className="p-choice">
        <fieldset className="seg">
          <legend className="vh">Action</legend>
          {ACTIONS.map((each) => (
            <button
              key={each.action}
              type="button"
              aria-pressed={choice.action === each.action}
              onClick={() =>
                change({
                  action: each.action,
                  countermeasure: each.action === 'countermeasure' ? countermeasures[0]?.id : undefined,
                })
              }
            >
              {each.label}
            </button>
          ))}
        </fieldset>
        <span className="small soft">{action?.note}</span>
        {choice.action === 'countermeasure' &&
          (countermeasures.length === 0 ? (
            <p className="small">No countermeasure is defined. An administrator adds them in the settings.</p>
          ) : (
            <label className="p-field">
              <span className="label">Countermeasure</span>
              <select
                className="field"
                value={choice.countermeasure}
                onChange={(event) => change({ countermeasure: event.target.value })}
              >
                {countermeasures.map((each) => (
                  <option key={each.id} value={each.id}>
                    {each.name}
                  </option>
                ))}
              </select>
              <span className="small soft">{chosen?.description}</span>
            </label>
          ))}
        {target.kind === 'list' && (
          <ListField
            value={draft.list}
            onChange={draft.setList}
            report={draft.list.trim() === '' ? null : report}
            leaveUnknown={choice.leaveUnknown}
            onLeaveUnknown={(leaveUnknown) => change({ leaveUnknown })}
          />
        )}
        {target.kind === 'selection' && selected?.length === 0 && (
          <p className="soft">
            Nothing is selected in this tab.{' '}
            <Link className="link" href="/accounts">
              Select accounts
            </Link>{' '}
            or{' '}
            <Link className="link" href="/approvals/new?from=list">
              paste a list
            </Link>
            .
          </p>
        )}
      </div>
    </section>
  );
}

function titleOf(target: DraftTarget, label: string | undefined): string {
  if (target.kind === 'list') return 'A pasted list';
  if (target.kind === 'selection') return 'Selected accounts';
  if (target.input.lateOf !== undefined) return `Who joined ${label ?? ''} since P-${target.input.lateOf}`;
  if (target.input.relistOf !== undefined) return `The accounts of P-${target.input.relistOf}, anew`;
  if (target.input.indicatorId !== undefined) return `Accounts seen with ${label ?? 'an indicator'}`;
  return `Accounts of ${label ?? 'a cluster'}`;
}
