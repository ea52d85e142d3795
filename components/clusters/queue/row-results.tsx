'use client';

import { Check, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatCount, formatOf, showInvisible } from '@/components/ui/format';
import { clusterRef } from '@/lib/clusters/rules';

/** One cluster of several, and what became of it. */
export interface Outcome {
  id: number;
  name: string;
  /** Null while it is not settled. */
  done: boolean | null;
  words: string;
}

/** What became of each, refused ones first. */
export function RowResults({
  title,
  outcomes,
  onClose,
}: {
  title: string;
  outcomes: Outcome[];
  onClose: () => void;
}) {
  const refused = outcomes.filter((each) => each.done === false).length;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      note={`${formatOf(outcomes.length - refused, 'cluster')} done, ${formatCount(refused)} not. What was refused is as it was; it stays selected.`}
      footer={
        <>
          <span className="push" />
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <OutcomeList outcomes={[...outcomes].sort((a, b) => Number(a.done) - Number(b.done))} />
    </Dialog>
  );
}

export function OutcomeList({ outcomes }: { outcomes: Outcome[] }) {
  return (
    <ul className="q-outcomes" aria-label="What became of each">
      {outcomes.map(({ id, name, done, words }) => (
        <li key={id}>
          {done === true && <Check className="i i-s ok" aria-label="done" role="img" />}
          {done === false && <TriangleAlert className="i i-s no" aria-label="not done" role="img" />}
          {done === null && <span className="i-s" />}
          <Link className="clip" href={`/clusters/${id}`} prefetch={false} target="_blank" title={name}>
            {showInvisible(name)}
          </Link>
          <span className="mute small">{clusterRef(id)}</span>
          <span className="small soft">{words}</span>
        </li>
      ))}
    </ul>
  );
}
