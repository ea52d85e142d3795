'use client';

import { useState } from 'react';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import { laxerThanFloor, type Tiers } from '@/lib/enforcement/tiers-rules';
import type { ActionResult } from '@/lib/errors';
import type { SettingChange, SettingValue, SettingVersionRow } from '@/lib/settings/schema';

type Change = (input: { value: Tiers; change: SettingChange }) => Promise<ActionResult<unknown>>;

/** How many people approve what. Laxer than designed is possible, but only said aloud. */
export function TiersPanel({
  tiers,
  versions,
  change,
}: {
  tiers: SettingValue<Tiers>;
  versions: SettingVersionRow[];
  change: Change;
}) {
  const [value, setValue] = useState(tiers.value);
  const [reason, setReason] = useState('');
  const { run, busy, problem } = useAct(change);
  const lax = laxerThanFloor(value);
  const same = JSON.stringify(value) === JSON.stringify(tiers.value);
  const set = (more: Partial<Tiers>) =>
    setValue((now) => {
      const next = { ...now, ...more };
      return laxerThanFloor(next).length === 0 ? { ...next, laxer: false } : next;
    });
  const submit = async () => {
    if (!(await run({ value, change: { reason, version: tiers.version } }))) return;
    toast.success('The approval tiers are changed');
    setReason('');
  };
  return (
    <section className="panel" id="tiers" aria-labelledby="tiers-title">
      <header>
        <h2 id="tiers-title">Approval tiers</h2>
        <span className="small mute">
          {tiers.version === 0 ? 'as shipped' : `version ${tiers.version}`}; lists that wait keep theirs
        </span>
      </header>
      <div className="s-tiers">
        <Figure
          label="Two people approve above"
          unit="accounts"
          value={value.accounts}
          max={5000}
          onChange={(accounts) => set({ accounts })}
        />
        <Figure
          label="or above"
          unit="% paying accounts"
          value={Math.round(value.payingShare * 1000) / 10}
          max={20}
          step={0.1}
          onChange={(percent) => set({ payingShare: percent / 100 })}
        />
        <label className="s-tick">
          <input
            type="checkbox"
            checked={value.verifiedTakesTwo}
            onChange={(event) => set({ verifiedTakesTwo: event.target.checked })}
          />
          or with any account of a verified organization
        </label>
        <Figure
          label="Both signed in, or entered their password, within"
          unit="minutes"
          value={value.freshMinutes}
          max={60}
          onChange={(freshMinutes) => set({ freshMinutes })}
        />
        <Figure
          label="A proposal waits"
          unit="hours, then it expires"
          value={value.waitHours}
          max={168}
          onChange={(waitHours) => set({ waitHours })}
        />
        {lax.length > 0 && (
          <label className="s-tick s-lax">
            <input
              type="checkbox"
              checked={value.laxer}
              onChange={(event) => set({ laxer: event.target.checked })}
            />
            <span>Laxer than designed: {lax.join('; ')}. Every proposal will say so.</span>
          </label>
        )}
      </div>
      {!same && (
        <div className="s-change">
          <ReasonField
            value={reason}
            onChange={setReason}
            placeholder="Why it is changed; the audit keeps it"
          />
          <ProblemNote problem={problem} />
          <div className="s-secret">
            <Button
              variant="primary"
              busy={busy}
              disabled={reason.trim().length < 3 || (lax.length > 0 && !value.laxer)}
              onClick={() => void submit()}
            >
              Change the tiers
            </Button>
            <Button onClick={() => setValue(tiers.value)}>Take back</Button>
          </div>
        </div>
      )}
      {versions.length > 0 && (
        <details className="s-versions">
          <summary className="small">Earlier changes</summary>
          <ul>
            {versions.map((version) => (
              <li key={version.version} className="small">
                <b>Version {formatCount(version.version)}</b> by {version.changedBy ?? 'the command line'},{' '}
                <Ago at={version.changedAt} ago />: {version.reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Figure({
  label,
  unit,
  value,
  max,
  step = 1,
  onChange,
}: {
  label: string;
  unit: string;
  value: number;
  max: number;
  step?: number;
  onChange: (value: number) => void;
}) {
  return (
    <label className="s-figure">
      <span>{label}</span>
      <input
        className="field num"
        type="number"
        min={step === 1 ? 1 : 0}
        max={max}
        step={step}
        value={Number.isNaN(value) ? '' : value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
      <span className="soft">{unit}</span>
    </label>
  );
}
