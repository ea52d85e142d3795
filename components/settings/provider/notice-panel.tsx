'use client';

import { useId, useState } from 'react';
import { plainLines } from '@/components/enforcement/plain-lines';
import {
  NOTICE_ACTIONS,
  NOTICE_FIELDS,
  type NoticeTemplates,
  REASON_CODES,
  REASON_LABELS,
  type ReasonCode,
  renderNotice,
} from '@/lib/enforcement/notice-schema';
import type { SettingValue } from '@/lib/settings/schema';
import { SaveBar } from './save-bar';
import { type ChangeAction, useDraft } from './use-draft';

type Action = (typeof NOTICE_ACTIONS)[number];

const LABELS: Record<Action, string> = {
  throttle: 'Throttle',
  require_verification: 'Verification',
  ban: 'Ban',
  countermeasure: 'Countermeasure',
  restore: 'Restore',
};

/** What account owners are told, action by action, beside how it will read. @param change null for readers */
export function NoticePanel({
  setting,
  change,
  example,
}: {
  setting: SettingValue<NoticeTemplates>;
  change: ChangeAction<NoticeTemplates> | null;
  /** Name of a countermeasure, for the preview. */
  example: string;
}) {
  const draft = useDraft(setting, change ?? refuse, 'Notices');
  const id = useId();
  const [action, setAction] = useState<Action>('ban');
  const [reasonCode, setReasonCode] = useState<ReasonCode>('distillation');
  const { value } = draft;
  const notice = renderNotice(value, {
    action,
    accountId: 'acct_41f0',
    reasonCode,
    proposal: 'P-318',
    countermeasure: action === 'countermeasure' ? example : null,
  });
  return (
    <section className="panel" id="notices" aria-labelledby="notices-title">
      <header>
        <h2 id="notices-title">Notices</h2>
        <span className="small mute">
          what the account’s owner is told with each action, through the provider
        </span>
      </header>
      <div className="body pv-form">
        <fieldset className="seg pv-seg">
          <legend className="vh">Action</legend>
          {NOTICE_ACTIONS.map((each) => (
            <button key={each} type="button" aria-pressed={each === action} onClick={() => setAction(each)}>
              {LABELS[each]}
            </button>
          ))}
        </fieldset>
        <div className="pv-notice">
          <div className="pv-form">
            <div className="form-row">
              <label className="label" htmlFor={`${id}-text`}>
                Words
              </label>
              <textarea
                id={`${id}-text`}
                className="field"
                value={value.texts[action]}
                maxLength={2000}
                readOnly={!change}
                aria-describedby={`${id}-fields`}
                onChange={(event) =>
                  draft.set({ ...value, texts: { ...value.texts, [action]: event.target.value } })
                }
              />
              <span className="small mute" id={`${id}-fields`}>
                {Object.entries(NOTICE_FIELDS).map(([field, what], index) => (
                  <span key={field}>
                    {index > 0 && ', '}
                    <span className="mono">{`{${field}}`}</span> {what}
                  </span>
                ))}
              </span>
            </div>
            <div className="form-row">
              <label className="label" htmlFor={`${id}-appeal`}>
                How to appeal, with every action
              </label>
              <textarea
                id={`${id}-appeal`}
                className="field pv-low"
                value={value.appeal}
                maxLength={500}
                readOnly={!change}
                onChange={(event) => draft.set({ ...value, appeal: event.target.value })}
              />
            </div>
          </div>
          <section className="pv-preview" aria-label="Preview">
            <div className="pv-row">
              <span className="label">As the owner reads it</span>
              <span className="push" />
              <select
                className="field"
                aria-label="Reason in the preview"
                value={reasonCode}
                onChange={(event) =>
                  setReasonCode(REASON_CODES.find((code) => code === event.target.value) ?? 'other')
                }
              >
                {REASON_CODES.map((code) => (
                  <option key={code} value={code}>
                    {REASON_LABELS[code]}
                  </option>
                ))}
              </select>
            </div>
            <p className="pv-said" dir="auto">
              {plainLines(notice.text)}
            </p>
            <p className="pv-said soft" dir="auto">
              {plainLines(notice.appeal)}
            </p>
          </section>
        </div>
        {change && <SaveBar draft={draft} price="Holds for actions that are carried out from now on." />}
      </div>
    </section>
  );
}

const refuse: ChangeAction<NoticeTemplates> = async () => ({
  ok: false,
  code: 'forbidden',
  message: 'Only administrators change this. Ask one of them.',
});
