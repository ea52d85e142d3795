'use client';

import { useState } from 'react';
import { leaveDesk } from '@/components/shell/leave-desk';
import { Ago, Until } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { showInvisible } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import type { SessionRow } from '@/lib/access/schema';
import type { ActionResult } from '@/lib/errors';
import { browserWords } from './browser-words';
import { ConfirmDialog } from './confirm-dialog';

/** Where one is signed in, and the way to end it there. */
export function SessionPanel({
  sessions,
  end,
  endAll,
}: {
  sessions: SessionRow[];
  end: (input: { sessionId: string }) => Promise<ActionResult<unknown>>;
  endAll: () => Promise<ActionResult<unknown>>;
}) {
  const [asked, setAsked] = useState(false);
  const { run, busy, problem } = useAct(end);
  const endOne = async (session: SessionRow) => {
    if (await run({ sessionId: session.id })) toast.success('That session is over');
  };
  const everywhere = async () => {
    const result = await endAll();
    if (result.ok) await leaveDesk();
    return result;
  };
  return (
    <section className="panel" id="sessions" aria-labelledby="sessions-title">
      <header>
        <h2 id="sessions-title">Where you are signed in</h2>
        <span className="small mute">a session ends twelve hours after its sign-in</span>
        <span className="push" />
        <Button onClick={() => setAsked(true)}>Sign out everywhere…</Button>
      </header>
      <table className="grid rows-40 plain s-sessions">
        <thead>
          <tr>
            <th scope="col">Browser</th>
            <th scope="col">Address</th>
            <th scope="col" className="num">
              Signed in
            </th>
            <th scope="col" className="num">
              Last seen
            </th>
            <th scope="col" className="num">
              Ends in
            </th>
            <th scope="col">
              <span className="vh">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id}>
              <td className="clip" title={showInvisible(session.agent)}>
                <bdi>{showInvisible(browserWords(session.agent))}</bdi>
              </td>
              <td className="mono">{session.address}</td>
              <td className="num soft">
                <Ago at={session.startedAt} ago />
              </td>
              <td className="num soft">{session.current ? 'now' : <Ago at={session.seenAt} ago />}</td>
              <td className="num soft">
                <Until at={session.expiresAt} />
              </td>
              <td className="num">
                {session.current ? (
                  <span className="soft">this one</span>
                ) : (
                  <Button variant="ghost" busy={busy} onClick={() => void endOne(session)}>
                    End
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ProblemNote problem={problem} />
      {asked && (
        <ConfirmDialog
          title="Sign out everywhere?"
          note="Every session of yours ends at its next request, this one too. Do it when a cookie may have got into other hands."
          button="Sign out everywhere"
          done="Signed out everywhere"
          input={undefined}
          action={everywhere}
          onClose={() => setAsked(false)}
        />
      )}
    </section>
  );
}
