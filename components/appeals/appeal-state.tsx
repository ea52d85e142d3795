import { Circle, CircleUserRound, Gavel, Undo2 } from 'lucide-react';
import type { AppealState } from '@/lib/enforcement/appeal-schema';
import { STATE_WORDS } from './words';

const MARKS = { open: Circle, taken: CircleUserRound, upheld: Gavel, granted: Undo2 } as const;

/** Where an appeal stands: mark and word. */
export function AppealStateMark({ state, taken }: { state: AppealState; taken: boolean }) {
  const Mark = MARKS[state === 'open' && taken ? 'taken' : state];
  return (
    <span className={`ap-state ${state}`}>
      <Mark className="i" aria-hidden="true" />
      {state === 'open' && taken ? 'Taken up' : STATE_WORDS[state]}
    </span>
  );
}
