'use client';

import { useRef, useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Ago } from '@/components/ui/ago';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { useAct } from '@/components/ui/use-act';
import { useKeys } from '@/components/ui/use-keys';
import type { CommentRow, PersonRef } from '@/lib/clusters/schema';
import type { ActionResult } from '@/lib/errors';
import { MentionField } from './mention-field';
import { TypedText } from './typed-text';

export type CommentAction = (input: { clusterId: number; body: string }) => Promise<ActionResult>;

/** What people wrote to each other, oldest first; `m` goes to the field. What was typed stays when saving fails. */
export function Comments({
  clusterId,
  comments,
  people,
  comment,
}: {
  clusterId: number;
  comments: CommentRow[];
  /** Whom a comment may name. */
  people: PersonRef[];
  comment: CommentAction;
}) {
  const { person, may } = useDesk();
  const [body, setBody] = useState('');
  const { run, busy, problem } = useAct(comment);
  const field = useRef<HTMLTextAreaElement>(null);
  useKeys({ m: () => field.current?.focus() });
  const submit = async () => {
    if (busy || body.trim() === '') return;
    if (await run({ clusterId, body })) setBody('');
  };
  return (
    <>
      {comments.length > 0 && (
        <ul className="cl-said">
          {comments.map((each) => {
            const you = each.author.id === person.id;
            return (
              <li key={each.id}>
                <Avatar name={each.author.name} you={you} label={false} />
                <div>
                  <b>{you ? 'You' : each.author.name}</b>{' '}
                  <span className="mute small">
                    <Ago at={each.at} />
                  </span>
                  <TypedText names={each.mentions.map((named) => named.name)}>{each.body}</TypedText>
                </div>
              </li>
            );
          })}
        </ul>
      )}
      {may('cluster.comment') ? (
        <form
          className="cl-comment"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <MentionField
            value={body}
            onChange={setBody}
            onSubmit={() => void submit()}
            people={people}
            fieldRef={field}
          />
          {body === '' ? (
            <kbd>M</kbd>
          ) : (
            <Button type="submit" busy={busy}>
              {busy ? 'Saving…' : 'Comment'}
            </Button>
          )}
          <ProblemNote problem={problem} />
        </form>
      ) : (
        comments.length === 0 && <p className="small mute">No comments. Analysts and approvers write them.</p>
      )}
    </>
  );
}
