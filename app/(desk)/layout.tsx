import { unstable_rethrow } from 'next/navigation';
import type { ReactNode } from 'react';
import { DeskShell } from '@/components/shell/desk-shell';
import { DatabaseDown } from '@/components/shell/failure';
import { Reload } from '@/components/shell/reload';
import { requirePerson } from '@/lib/access/current-person';
import { getDeskStatus } from '@/lib/clusters/desk-status';
import { describeError } from '../describe-error';

export default async function DeskLayout({ children }: { children: ReactNode }) {
  const desk = await readDesk();
  if (!desk.person) {
    return (
      <main className="standalone">
        <DatabaseDown errorId={desk.errorId} actions={<Reload />} />
      </main>
    );
  }
  return (
    <DeskShell person={desk.person} status={desk.status} now={Date.now()}>
      {children}
    </DeskShell>
  );
}

/** The shell's data, or the id of the error when the database does not answer. Other errors go on. */
async function readDesk() {
  try {
    // The page has no use for the session's id.
    const { sessionId: _, ...person } = await requirePerson();
    return { person, status: await getDeskStatus(person) };
  } catch (error) {
    unstable_rethrow(error);
    const described = describeError(error, 'desk layout');
    if (described.code !== 'unavailable') throw error;
    return { person: null, errorId: described.errorId };
  }
}
