'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { showInvisible } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { useAct } from '@/components/ui/use-act';
import type { Role, UserRow } from '@/lib/access/schema';
import type { ActionResult } from '@/lib/errors';
import { RoleField } from './role-field';
import { ShownOnce } from './shown-once';

export type AddUserAction = (input: {
  email: string;
  name: string;
  role: Role;
}) => Promise<ActionResult<{ user: UserRow; password: string }>>;

/** Name, e-mail and role; then the password, this once. */
export function AddUserDialog({ add, onClose }: { add: AddUserAction; onClose: () => void }) {
  const form = useId();
  const [role, setRole] = useState<Role>('analyst');
  const [made, setMade] = useState<{ user: UserRow; password: string } | null>(null);
  const { run, busy, problem } = useAct(add);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const result = await run({ email: String(data.get('email')), name: String(data.get('name')), role });
    if (result) setMade(result.value);
  };
  if (made) {
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        title={`${showInvisible(made.user.name)} was added`}
        footer={
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <ShownOnce
          secret={made.password}
          label={`Password of ${made.user.email}`}
          note="It is shown only now. Pass it on over a safe way; Weir keeps no copy."
        />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Add a user"
      note="Weir makes the password and shows it once."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={busy}>
            Add
          </Button>
        </>
      }
    >
      <form id={form} className="s-form" onSubmit={submit}>
        <div className="form-row">
          <label htmlFor={`${form}-name`}>Name</label>
          <input
            id={`${form}-name`}
            name="name"
            className="field"
            required
            maxLength={80}
            autoComplete="off"
          />
        </div>
        <div className="form-row">
          <label htmlFor={`${form}-email`}>E-mail, used to sign in</label>
          <input
            id={`${form}-email`}
            name="email"
            type="email"
            className="field"
            required
            maxLength={254}
            autoComplete="off"
          />
        </div>
        <RoleField role={role} onChange={setRole} />
      </form>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
