'use client';

import { OctagonX, Power } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { formatOf, showInvisible } from '@/components/ui/format';
import { Refused } from '@/components/ui/tooltip';
import type { KillSwitchState } from '@/lib/enforcement/kill-switch-schema';
import { type KillAction, KillDialog } from './kill-dialog';
import { plainLines } from './plain-lines';

interface Props {
  state: KillSwitchState;
  turnOn: KillAction;
  release: KillAction;
}

/** Beside a running action: what the switch does, and the switch. */
export function KillSwitch(props: Props) {
  const { on, underWay } = props.state;
  return (
    <section className="p-kill" aria-labelledby="kill-title">
      <h2 id="kill-title">Kill switch</h2>
      {on ? (
        <SaidOn state={props.state} />
      ) : (
        <p className="small soft">
          Stops every action, not only this one. Nothing is sent after 5 s. What is done stays done; restore
          it by proposal.
        </p>
      )}
      <KillButtons {...props} wide />
      {underWay.length > 0 && <UnderWay ids={underWay} on={on !== null} />}
    </section>
  );
}

/** Over the list of proposals while the switch is on. */
export function KillPanel(props: Props) {
  if (!props.state.on) return null;
  return (
    <section className="p-kill p-kill-panel" aria-labelledby="kill-title">
      <div>
        <h2 id="kill-title">The kill switch is on</h2>
        <SaidOn state={props.state} />
        {props.state.underWay.length > 0 && <UnderWay ids={props.state.underWay} on />}
      </div>
      <KillButtons {...props} />
    </section>
  );
}

/** The switch itself, or its release; disabled with the reason where the reader may not. */
export function KillButtons({ state, turnOn, release, wide = false }: Props & { wide?: boolean }) {
  const { may, person } = useDesk();
  const [asked, setAsked] = useState(false);
  const on = state.on !== null;
  const refusal = !may('enforcement.kill')
    ? 'Only approvers and administrators turn the kill switch.'
    : state.asked?.by.id === person.id
      ? 'You have agreed already. A second person has to.'
      : null;
  const Mark = on ? Power : OctagonX;
  const words = on ? (state.asked ? 'Release…' : 'Agree to release…') : 'Stop all enforcement…';
  const button = (
    <Button
      variant={on ? 'plain' : refusal ? 'plain' : 'stop'}
      large={wide}
      wide={wide}
      disabled={refusal !== null}
      onClick={() => setAsked(true)}
    >
      <Mark className="i" aria-hidden="true" />
      {words}
    </Button>
  );
  return (
    <>
      {refusal ? <Refused reason={refusal}>{button}</Refused> : button}
      {asked && <KillDialog state={state} action={on ? release : turnOn} onClose={() => setAsked(false)} />}
    </>
  );
}

function SaidOn({ state: { on, asked } }: { state: KillSwitchState }) {
  if (!on) return null;
  return (
    <>
      <p className="small">
        {showInvisible(on.by.name)} turned it on, <Ago at={on.at} ago />. Nothing is sent to the provider.
      </p>
      <p className="small soft said-text">{plainLines(on.reason)}</p>
      <p className="small soft">
        {asked
          ? `${showInvisible(asked.by.name)} agrees to release it: ${showInvisible(asked.reason)}. One more person has to.`
          : 'Two different people have to release it.'}
      </p>
    </>
  );
}

function UnderWay({ ids, on }: { ids: readonly number[]; on: boolean }) {
  return (
    <p className="small mute">
      {formatOf(ids.length, 'action')} {ids.length === 1 ? 'is' : 'are'} {on ? 'held up' : 'under way'}:{' '}
      {ids.map((id, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Link className="link" href={`/approvals/${id}`}>
            P-{id}
          </Link>
        </span>
      ))}
    </p>
  );
}
