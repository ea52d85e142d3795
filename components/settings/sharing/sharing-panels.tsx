'use client';

import { SaveBar } from '@/components/settings/provider/save-bar';
import { type ChangeAction, useDraft } from '@/components/settings/provider/use-draft';
import { RawText } from '@/components/ui/raw-text';
import type { Producer, SharingSettings } from '@/lib/intel/sharing-settings-schema';
import { type SetSharingKey, SharingKey } from './sharing-key';

export interface SharingActions {
  change: ChangeAction<Producer>;
  setKey: SetSharingKey;
}

/** Under which name things leave for partners, and the key under which secrets are compared. */
export function SharingPanels({
  settings,
  actions,
}: {
  settings: SharingSettings;
  actions: SharingActions | null;
}) {
  const { producer, keys } = settings;
  return (
    <>
      <section className="panel" id="producer" aria-labelledby="producer-title">
        <header>
          <h2 id="producer-title">Producer</h2>
          <span className="small mute">
            under which name partners know this deployment;{' '}
            {producer.version === 0 ? 'as shipped' : `version ${producer.version}`}
          </span>
        </header>
        {actions ? (
          <ProducerForm producer={producer} change={actions.change} key={producer.version} />
        ) : (
          <p className="body">
            <RawText>{producer.value.name}</RawText>
            {producer.value.contact && (
              <>
                {', '}
                <RawText>{producer.value.contact}</RawText>
              </>
            )}
          </p>
        )}
      </section>
      <SharingKey rows={keys} set={actions?.setKey ?? null} />
    </>
  );
}

function ProducerForm({
  producer,
  change,
}: {
  producer: SharingSettings['producer'];
  change: ChangeAction<Producer>;
}) {
  const draft = useDraft(producer, change, 'Producer');
  const { value, set } = draft;
  return (
    <div className="body s-form">
      <label className="form-row">
        <span className="label">Name</span>
        <input
          className="field"
          value={value.name}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => set({ ...value, name: event.target.value })}
        />
      </label>
      <label className="form-row">
        <span className="label">Contact for partners, if any</span>
        <input
          className="field"
          value={value.contact ?? ''}
          maxLength={200}
          autoComplete="off"
          placeholder="abuse@example.com"
          onChange={(event) =>
            set({ ...value, contact: event.target.value === '' ? null : event.target.value })
          }
        />
      </label>
      <SaveBar draft={draft} price="What left before keeps its name; the next share carries the new one." />
    </div>
  );
}
