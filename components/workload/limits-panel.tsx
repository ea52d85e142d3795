'use client';

import { useId, useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Button } from '@/components/ui/button';
import { formatDuration } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import type { TriageLimits } from '@/lib/clusters/triage-settings-schema';
import type { Workload } from '@/lib/clusters/workload-schema';
import type { ActionResult } from '@/lib/errors';
import type { SettingChange } from '@/lib/settings/schema';

type Change = (input: { value: TriageLimits; change: SettingChange }) => Promise<ActionResult>;

const FIELDS: { name: keyof TriageLimits; label: string }[] = [
  { name: 'claimHours', label: 'Claimed within, hours' },
  { name: 'decideHours', label: 'Decided within, hours' },
];

/** The limits that the team has agreed on; an administrator changes them, with a reason. */
export function LimitsPanel({ workload, change }: { workload: Workload; change: Change }) {
  const { may } = useDesk();
  const { limits, limitsVersion } = workload;
  const [value, setValue] = useState(limits);
  const [reason, setReason] = useState('');
  const { run, busy, problem } = useAct(change);
  const id = useId();
  const changed = FIELDS.some(({ name }) => value[name] !== limits[name]);
  const submit = async () => {
    if (!changed || busy || reason.trim().length < 3) return;
    if (await run({ value, change: { reason, version: limitsVersion } }))
      toast.success('The limits are changed');
  };
  return (
    <section className="panel" aria-labelledby="limits">
      <header>
        <h2 id="limits">Limits</h2>
      </header>
      <div className="body wl-limits">
        {may('settings.manage') ? (
          <>
            {FIELDS.map(({ name, label }) => (
              <div className="form-row" key={name}>
                <label htmlFor={`${id}-${name}`}>{label}</label>
                <input
                  id={`${id}-${name}`}
                  className="field"
                  type="number"
                  min={1}
                  max={2160}
                  value={Number.isNaN(value[name]) ? '' : value[name]}
                  onChange={(event) => setValue({ ...value, [name]: event.target.valueAsNumber })}
                />
              </div>
            ))}
            {changed && <ReasonField value={reason} onChange={setReason} onSubmit={() => void submit()} />}
            <ProblemNote problem={problem} />
            <Button disabled={!changed || reason.trim().length < 3} busy={busy} onClick={() => void submit()}>
              Change the limits
            </Button>
          </>
        ) : (
          <p className="soft">
            Claimed within {formatDuration(limits.claimHours * 3_600)}, decided within{' '}
            {formatDuration(limits.decideHours * 3_600)}. An administrator changes them.
          </p>
        )}
      </div>
    </section>
  );
}
