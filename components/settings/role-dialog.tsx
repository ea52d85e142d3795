'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { showInvisible } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import type { Role, UserRow } from '@/lib/access/schema';
import type { ActionResult } from '@/lib/errors';
import { RoleField } from './role-field';
import { ROLE_NOTES } from './roles';

export type RoleAction = (input: { userId: number; role: Role }) => Promise<ActionResult<unknown>>;

/** Another role for somebody. */
export function RoleDialog({
  user,
  setRole,
  onClose,
}: {
  user: UserRow;
  setRole: RoleAction;
  onClose: () => void;
}) {
  const [role, choose] = useState(user.role);
  const { run, busy, problem } = useAct(setRole);
  const save = async () => {
    if (!(await run({ userId: user.id, role }))) return;
    toast.success(`${showInvisible(user.name)} is ${ROLE_NOTES[role].label.toLowerCase()} now`);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`The role of ${showInvisible(user.name)}`}
      note="It counts from their next request on. Lists they proposed or approved are asked about again before they start."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={role === user.role} onClick={() => void save()}>
            Change
          </Button>
        </>
      }
    >
      <RoleField role={role} onChange={choose} />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
