'use client';

import { Check, Send, TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { Ago } from '@/components/ui/ago';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { RawText } from '@/components/ui/raw-text';
import { useAct } from '@/components/ui/use-act';
import type { ActionResult } from '@/lib/errors';
import {
  type DeliveryChannel,
  type DeliveryStanding,
  type DeliveryTest,
  type DeliveryView,
  NOTIFICATION_KINDS,
  TEAM_LABELS,
} from '@/lib/notifications/schema';
import type { WebhookChange } from '@/lib/notifications/webhook-settings-schema';
import { SaveBar } from './provider/save-bar';
import { type ChangeAction, useDraft } from './provider/use-draft';
import { type RotateAction, WebhookSecret } from './provider/webhook-secret';

type TestAction = (input: { channel: DeliveryChannel }) => Promise<ActionResult<DeliveryTest>>;

export interface NotificationActions {
  change: ChangeAction<WebhookChange>;
  rotate: RotateAction;
  test: TestAction;
}

const NAMES: Record<DeliveryChannel, string> = { mail: 'Mail', webhook: 'Webhook' };

/** How notifications leave the desk: mail as the deployment sets it, one signed address of the team, and what failed. */
export function NotificationPanel({ view, actions }: { view: DeliveryView; actions: NotificationActions }) {
  return (
    <section className="panel" id="notifications" aria-labelledby="notifications-title">
      <header>
        <h2 id="notifications-title">Notifications</h2>
        <span className="small mute">that leave the desk; each person chooses their own mail</span>
      </header>
      <table className="grid rows-40 plain s-ways">
        <thead>
          <tr>
            <th scope="col">Goes by</th>
            <th scope="col" className="num">
              Sent, 7 d
            </th>
            <th scope="col" className="num">
              Waiting
            </th>
            <th scope="col" className="num">
              Given up
            </th>
            <th scope="col">Last sent</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {view.standings.map((standing) => (
            <Way key={standing.channel} standing={standing} test={view.mayChange ? actions.test : null} />
          ))}
        </tbody>
      </table>
      {view.mayChange ? (
        <WebhookForm view={view} change={actions.change} />
      ) : (
        <p className="body small soft">
          Administrators set the webhook; whoever runs this deployment the mail.
        </p>
      )}
      {(view.webhook.value.host !== '' || view.secrets.length > 0) && (
        <WebhookSecret rows={view.secrets} rotate={view.mayChange ? actions.rotate : null} />
      )}
    </section>
  );
}

function Way({ standing, test }: { standing: DeliveryStanding; test: TestAction | null }) {
  const { channel, target } = standing;
  return (
    <tr>
      <td>
        {NAMES[channel]} {target && <RawText className="mono">{target}</RawText>}
      </td>
      <td className="num">{formatCount(standing.sent)}</td>
      <td className="num">{formatCount(standing.waiting)}</td>
      <td className="num">{formatCount(standing.givenUp)}</td>
      <td className="soft">
        {standing.lastSentAt ? <Ago at={standing.lastSentAt} ago /> : <span className="mute">never</span>}
      </td>
      <td>
        <State standing={standing} />
        {test && target && <Test channel={channel} test={test} />}
      </td>
    </tr>
  );
}

function Test({ channel, test }: { channel: DeliveryChannel; test: TestAction }) {
  const [result, setResult] = useState<DeliveryTest | null>(null);
  const { run, busy, problem } = useAct(test);
  const send = async () => {
    setResult(null);
    const done = await run({ channel });
    if (done) setResult(done.value);
  };
  return (
    <>
      <div className="pv-row">
        <Button className="low" busy={busy} onClick={send}>
          <Send className="i" aria-hidden="true" />
          {channel === 'mail' ? 'Send me a test mail' : 'Send a test message'}
        </Button>
        <span role="status">{result && <Result result={result} />}</span>
      </div>
      <ProblemNote problem={problem} />
    </>
  );
}

function Result({ result }: { result: DeliveryTest }) {
  const Icon = result.ok ? Check : TriangleAlert;
  return (
    <Badge tone={result.ok ? 'ok' : 'bad'} icon={<Icon className="i" aria-hidden="true" />}>
      {result.reading} {formatCount(result.tookMs)} ms
    </Badge>
  );
}

function State({
  standing: { channel, target, misconfigured, problem, retrying },
}: {
  standing: DeliveryStanding;
}) {
  const wrong = misconfigured ?? problem;
  if (wrong !== null)
    return (
      <span className="s-stream-problem">
        <TriangleAlert className="i i-s" aria-hidden="true" />
        <span>
          <RawText>{wrong}</RawText>
          {retrying > 0 && <span className="small soft"> tried again with growing gaps, for 48 hours</span>}
        </span>
      </span>
    );
  if (target === null)
    return (
      <span className="soft">
        {channel === 'mail' ? (
          <>
            not set up: <span className="mono">WEIR_SMTP_URL</span> and{' '}
            <span className="mono">WEIR_MAIL_FROM</span>
          </>
        ) : (
          'not set up: no address'
        )}
      </span>
    );
  return <span className="soft">as it should be</span>;
}

function WebhookForm({ view, change }: { view: DeliveryView; change: NotificationActions['change'] }) {
  const { value: now, version } = view.webhook;
  const setting = { version, value: { address: '', remove: false, kinds: now.kinds } };
  const draft = useDraft<WebhookChange>(setting, change, 'Webhook of notifications');
  const id = useId();
  const { value } = draft;
  return (
    <div className="body pv-form pv-part">
      <h3>Webhook of the team</h3>
      <div className="form-row pv-address">
        <label className="label" htmlFor={`${id}-address`}>
          {now.host === '' ? 'Address' : 'Another address'}
        </label>
        <input
          id={`${id}-address`}
          className="field mono"
          type="url"
          value={value.address}
          maxLength={2000}
          spellCheck={false}
          autoComplete="off"
          disabled={value.remove}
          placeholder="https://chat.example/hooks/weir"
          aria-describedby={`${id}-note`}
          onChange={(event) => draft.set({ ...value, address: event.target.value })}
        />
        <span className="small mute" id={`${id}-note`}>
          {now.host !== '' && (
            <>
              Now at <RawText className="mono">{now.host}</RawText> ({now.fingerprint}…).{' '}
            </>
          )}
          Messages are signed after Standard Webhooks. The address is kept sealed and shown to nobody.
        </span>
      </div>
      {now.host !== '' && (
        <label className="pv-check">
          <input
            type="checkbox"
            checked={value.remove}
            onChange={(event) => draft.set({ ...value, address: '', remove: event.target.checked })}
          />
          <span>Take the address away</span>
        </label>
      )}
      <fieldset className="pv-kinds">
        <legend className="label">Tell it when</legend>
        {NOTIFICATION_KINDS.map((kind) => (
          <label key={kind}>
            <input
              type="checkbox"
              checked={value.kinds.includes(kind)}
              onChange={(event) =>
                draft.set({
                  ...value,
                  kinds: NOTIFICATION_KINDS.filter((each) =>
                    each === kind ? event.target.checked : value.kinds.includes(each),
                  ),
                })
              }
            />
            <span>{TEAM_LABELS[kind]}</span>
          </label>
        ))}
      </fieldset>
      <SaveBar draft={draft} price="What waits already goes to the new address." />
    </div>
  );
}
