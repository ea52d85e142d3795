'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { showInvisible } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import type { ClusterRow, PersonRef } from '@/lib/clusters/schema';
import type { ActionResult } from '@/lib/errors';

export type AssignAction = (input: {
  clusterId: number;
  userId: number;
  note: string;
}) => Promise<ActionResult>;

/** Gives a cluster to somebody, who is told. */
export function AssignDialog({
  cluster,
  people,
  assign,
  onClose,
  onDone,
}: {
  cluster: Pick<ClusterRow, 'id' | 'name' | 'assignee'>;
  /** Who may have it. */
  people: PersonRef[];
  assign: AssignAction;
  onClose: () => void;
  onDone: () => void;
}) {
  const others = people.filter((person) => person.id !== cluster.assignee?.id);
  const [userId, setUserId] = useState('');
  const [note, setNote] = useState('');
  const { run, busy, problem } = useAct(assign);
  const [whoId, noteId] = [useId(), useId()];
  const submit = async () => {
    if (userId === '' || busy) return;
    if (!(await run({ clusterId: cluster.id, userId: Number(userId), note }))) return onDone();
    toast.success(`${cluster.name} is handed over`);
    onDone();
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Hand over ${showInvisible(cluster.name)}`}
      note={`${cluster.assignee ? `${showInvisible(cluster.assignee.name)} has it now. ` : ''}Whoever gets it is told, and it is in the audit.`}
      footer={
        <>
          <span className="push" />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={userId === ''} onClick={() => void submit()}>
            Hand over
          </Button>
        </>
      }
    >
      <div className="form-row">
        <label htmlFor={whoId}>To</label>
        <select
          id={whoId}
          className="field"
          value={userId}
          onChange={(event) => setUserId(event.target.value)}
        >
          <option value="" disabled>
            Choose…
          </option>
          {others.map((person) => (
            <option key={person.id} value={person.id}>
              {showInvisible(person.name)}
            </option>
          ))}
        </select>
      </div>
      <div className="form-row">
        <label htmlFor={noteId}>What they should know</label>
        <textarea
          id={noteId}
          className="field"
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
