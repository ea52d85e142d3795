'use client';

import { EyeOff } from 'lucide-react';
import { useId } from 'react';
import { Badge } from '@/components/ui/badge';
import { RawText } from '@/components/ui/raw-text';
import {
  PROVIDER_KINDS,
  type ProviderSettings,
  type ProviderView,
} from '@/lib/enforcement/provider-settings-schema';
import { LitellmKey, type SetKeyAction } from './litellm-key';
import { SaveBar } from './save-bar';
import { type TestAction, TestProvider } from './test-provider';
import { type ChangeAction, useDraft } from './use-draft';
import { type RotateAction, WebhookSecret } from './webhook-secret';

const KINDS: Record<ProviderSettings['kind'], { label: string; note: string }> = {
  sandbox: { label: 'Sandbox', note: 'part of Weir; no real account is touched' },
  webhook: { label: 'Signed webhook', note: 'your own endpoint, after Standard Webhooks; every action' },
  litellm: { label: 'LiteLLM', note: 'its management API; ban and restore only, the rest is refused' },
};

export interface ProviderActions {
  change: ChangeAction<ProviderSettings>;
  rotate: RotateAction;
  setKey: SetKeyAction;
  test: TestAction;
}

/** Who carries actions out, how it is called, and whether it is called at all. */
export function ProviderPanel({ view, actions }: { view: ProviderView; actions: ProviderActions }) {
  const draft = useDraft(view.provider, actions.change, 'Provider');
  const id = useId();
  const { value } = draft;
  const edit = (more: Partial<ProviderSettings>) => draft.set({ ...value, ...more });
  return (
    <section className="panel" id="provider" aria-labelledby="provider-title">
      <header>
        <h2 id="provider-title">Provider</h2>
        <span className="small mute">carries approved actions out</span>
        <span className="push" />
        {view.provider.value.shadow && (
          <Badge tone="warn" icon={<EyeOff className="i" aria-hidden="true" />}>
            Shadow mode: nobody is called
          </Badge>
        )}
      </header>
      {view.mayChange ? (
        <div className="body pv-form">
          <fieldset className="pv-kinds">
            <legend className="label">Which</legend>
            {PROVIDER_KINDS.map((kind) => (
              <label key={kind}>
                <input
                  type="radio"
                  name={`${id}-kind`}
                  checked={value.kind === kind}
                  onChange={() => edit({ kind })}
                />
                <span>
                  <b>{KINDS[kind].label}</b> <span className="small mute">{KINDS[kind].note}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {value.kind !== 'sandbox' && (
            <div className="pv-fields">
              <div className="form-row pv-address">
                <label className="label" htmlFor={`${id}-address`}>
                  Address
                </label>
                <input
                  id={`${id}-address`}
                  className="field mono"
                  type="url"
                  value={value.address}
                  maxLength={2000}
                  spellCheck={false}
                  autoComplete="off"
                  placeholder={
                    value.kind === 'webhook' ? 'https://provider.example/weir' : 'https://litellm.example'
                  }
                  aria-describedby={`${id}-note`}
                  onChange={(event) => edit({ address: event.target.value })}
                />
                <span className="small mute" id={`${id}-note`}>
                  Everybody at the desk and the audit see it: put no token in it.
                </span>
              </div>
              <div className="form-row">
                <label className="label" htmlFor={`${id}-timeout`}>
                  Seconds to answer
                </label>
                <input
                  id={`${id}-timeout`}
                  className="field num pv-number"
                  type="number"
                  min={1}
                  max={60}
                  value={value.timeoutSeconds}
                  onChange={(event) => edit({ timeoutSeconds: event.target.valueAsNumber || 0 })}
                />
              </div>
              {value.kind === 'litellm' && (
                <div className="form-row">
                  <label className="label" htmlFor={`${id}-account`}>
                    An account’s id is
                  </label>
                  <select
                    id={`${id}-account`}
                    className="field"
                    value={value.litellmAccount}
                    onChange={(event) =>
                      edit({ litellmAccount: event.target.value === 'key' ? 'key' : 'customer' })
                    }
                  >
                    <option value="key">a virtual key</option>
                    <option value="customer">an end user (customer)</option>
                  </select>
                </div>
              )}
            </div>
          )}
          <label className="pv-check">
            <input
              type="checkbox"
              checked={value.shadow}
              onChange={(event) => edit({ shadow: event.target.checked })}
            />
            <span>
              <b>Shadow mode</b>{' '}
              <span className="small mute">
                everything happens but the call: stages, audit and counts; accounts keep their state
              </span>
            </span>
          </label>
          <SaveBar
            draft={draft}
            price="An action that runs goes on as it began; paused and resumed it goes on with this."
          />
        </div>
      ) : (
        <ReadOnly value={view.provider.value} />
      )}
      {view.provider.value.kind === 'webhook' && (
        <WebhookSecret rows={view.webhookSecrets} rotate={view.mayChange ? actions.rotate : null} />
      )}
      {view.provider.value.kind === 'litellm' && (
        <LitellmKey rows={view.litellmKeys} set={view.mayChange ? actions.setKey : null} />
      )}
      {view.mayChange && <TestProvider test={actions.test} unsaved={draft.changed} />}
    </section>
  );
}

function ReadOnly({ value }: { value: ProviderSettings }) {
  return (
    <dl className="body pv-kv">
      <div>
        <dt>Which</dt>
        <dd>
          {KINDS[value.kind].label} <span className="small mute">{KINDS[value.kind].note}</span>
        </dd>
      </div>
      {value.kind !== 'sandbox' && (
        <div>
          <dt>Address</dt>
          <dd className="mono">
            <RawText>{value.address}</RawText>
          </dd>
        </div>
      )}
      <div>
        <dt>Shadow mode</dt>
        <dd>{value.shadow ? 'on: nobody is called' : 'off'}</dd>
      </div>
    </dl>
  );
}
