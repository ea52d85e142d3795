'use client';

import { ProblemNote } from '@/components/ui/problem-note';
import { useAct } from '@/components/ui/use-act';
import type { ActionResult } from '@/lib/errors';
import { NOTIFICATION_KINDS, NOTIFICATION_LABELS, type NotificationKind } from '@/lib/notifications/schema';

/** Of what the reader wants to hear; each kind by itself. */
export function NotificationSwitches({
  off,
  change,
}: {
  off: readonly NotificationKind[];
  change: (input: { kind: NotificationKind; on: boolean }) => Promise<ActionResult>;
}) {
  const { run, busy, problem } = useAct(change);
  return (
    <section className="panel" aria-labelledby="switches">
      <header>
        <h2 id="switches">Tell me when</h2>
        <span className="small mute">for you alone</span>
      </header>
      <ul className="nt-switches">
        {NOTIFICATION_KINDS.map((kind) => (
          <li key={kind}>
            <label>
              <input
                type="checkbox"
                checked={!off.includes(kind)}
                disabled={busy}
                onChange={(event) => void run({ kind, on: event.target.checked })}
              />
              {NOTIFICATION_LABELS[kind]}
            </label>
          </li>
        ))}
      </ul>
      <ProblemNote problem={problem} />
    </section>
  );
}
