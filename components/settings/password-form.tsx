'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { useAct } from '@/components/ui/use-act';
import type { ActionResult } from '@/lib/errors';

/** A password of one's own, typed twice. Managers may make it: nothing is asked of its composition. */
export function PasswordForm({
  change,
  label,
  onChanged,
}: {
  change: (input: { password: string }) => Promise<ActionResult<unknown>>;
  label: string;
  onChanged: () => void;
}) {
  const form = useId();
  const [shown, setShown] = useState(false);
  const [differs, setDiffers] = useState(false);
  const { run, busy, problem } = useAct(change);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const data = new FormData(element);
    const password = String(data.get('password'));
    const same = password === data.get('again');
    setDiffers(!same);
    if (!same || !(await run({ password }))) return;
    element.reset();
    onChanged();
  };
  const type = shown ? 'text' : 'password';
  return (
    <form className="s-form" onSubmit={(event) => void submit(event)}>
      <div className="form-row">
        <label htmlFor={`${form}-password`}>New password</label>
        <input
          id={`${form}-password`}
          name="password"
          className="field"
          type={type}
          autoComplete="new-password"
          required
          maxLength={256}
          aria-describedby={`${form}-hint`}
        />
        <span className="hint" id={`${form}-hint`}>
          At least 15 characters: a few words do well. No figures or signs are asked for; what is tried first
          is refused.
        </span>
      </div>
      <div className="form-row">
        <label htmlFor={`${form}-again`}>New password, again</label>
        <input
          id={`${form}-again`}
          name="again"
          className="field"
          type={type}
          autoComplete="new-password"
          required
          maxLength={256}
        />
      </div>
      <label className="s-tick">
        <input type="checkbox" checked={shown} onChange={(event) => setShown(event.target.checked)} />
        <span>Show what is typed</span>
      </label>
      <ProblemNote problem={differs ? 'The two are not the same. Type the password twice.' : problem} />
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          {label}
        </Button>
      </div>
    </form>
  );
}
