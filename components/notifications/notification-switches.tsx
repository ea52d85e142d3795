'use client';

import { ProblemNote } from '@/components/ui/problem-note';
import { RawText } from '@/components/ui/raw-text';
import { useAct } from '@/components/ui/use-act';
import type { ActionResult } from '@/lib/errors';
import {
  NOTIFICATION_KINDS,
  NOTIFICATION_LABELS,
  type NotificationKind,
  type NotificationPage,
  type PersonalChannel,
} from '@/lib/notifications/schema';

const CHANNELS: { channel: PersonalChannel; label: string }[] = [
  { channel: 'desk', label: 'At the desk' },
  { channel: 'mail', label: 'By mail' },
];

/** Of what the reader wants to hear, and by which way; each by itself. */
export function NotificationSwitches({
  off,
  mailTo,
  change,
}: Pick<NotificationPage, 'off' | 'mailTo'> & {
  change: (input: { kind: NotificationKind; channel: PersonalChannel; on: boolean }) => Promise<ActionResult>;
}) {
  const { run, busy, problem } = useAct(change);
  const isOn = (kind: NotificationKind, channel: PersonalChannel) =>
    !off.some((each) => each.kind === kind && each.channel === channel);
  return (
    <section className="panel" aria-labelledby="switches">
      <header>
        <h2 id="switches">Tell me when</h2>
        <span className="small mute">for you alone</span>
      </header>
      <table className="grid plain rows-40 nt-switches">
        <thead>
          <tr>
            <th scope="col">
              <span className="vh">When</span>
            </th>
            {CHANNELS.map(({ channel, label }) => (
              <th key={channel} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {NOTIFICATION_KINDS.map((kind) => (
            <tr key={kind}>
              <th scope="row">{NOTIFICATION_LABELS[kind]}</th>
              {CHANNELS.map(({ channel, label }) => (
                <td key={channel}>
                  <label>
                    <span className="vh">{`${NOTIFICATION_LABELS[kind]}: ${label}`}</span>
                    <input
                      type="checkbox"
                      checked={isOn(kind, channel) && (channel === 'desk' || mailTo !== null)}
                      disabled={busy || (channel === 'mail' && mailTo === null)}
                      onChange={(event) => void run({ kind, channel, on: event.target.checked })}
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="body small soft">
        {mailTo === null ? (
          'This deployment sends no mail. Whoever runs it can set up a mail server.'
        ) : (
          <>
            Mail goes to <RawText>{mailTo}</RawText>. It says who did what to which object, with a link, and
            nothing else.
          </>
        )}
      </p>
      <ProblemNote problem={problem} />
    </section>
  );
}
