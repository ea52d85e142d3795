'use client';

import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { showInvisible } from '@/components/ui/format';
import type { PersonRef } from '@/lib/clusters/schema';

const OFFERED = 6;

/** A field for a comment; "@" and the first letters offer the people that it can name. */
export function MentionField({
  value,
  onChange,
  onSubmit,
  people,
  fieldRef,
}: {
  value: string;
  onChange: (value: string) => void;
  onSubmit: () => void;
  people: PersonRef[];
  fieldRef: RefObject<HTMLTextAreaElement | null>;
}) {
  const listId = useId();
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState(false);
  const word = /(?:^|[\s(])@([^@\n]{0,40})$/.exec(value.slice(0, caret))?.[1];
  const offers =
    word === undefined || closed
      ? []
      : people.filter((person) => startsSo(person.name, word)).slice(0, OFFERED);
  const chosen = offers[Math.min(at, offers.length - 1)];

  const take = (person: PersonRef) => {
    const start = caret - (word?.length ?? 0);
    const text = `${value.slice(0, start)}${person.name} `;
    onChange(text + value.slice(caret));
    setCaret(text.length);
    requestAnimationFrame(() => {
      fieldRef.current?.focus();
      fieldRef.current?.setSelectionRange(text.length, text.length);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) return onSubmit();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (chosen && step) {
      event.preventDefault();
      setAt((Math.min(at, offers.length - 1) + step + offers.length) % offers.length);
    } else if (chosen && (event.key === 'Enter' || event.key === 'Tab') && !event.nativeEvent.isComposing) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Escape') {
      if (chosen) setClosed(true);
      else fieldRef.current?.blur();
    }
  };
  return (
    <>
      <textarea
        ref={fieldRef}
        className="field"
        rows={value.includes('\n') || value.length > 34 ? 3 : 1}
        maxLength={4000}
        value={value}
        aria-label="Comment"
        aria-autocomplete="list"
        aria-controls={chosen ? listId : undefined}
        aria-activedescendant={chosen && `${listId}-${chosen.id}`}
        placeholder="Comment, @ to mention"
        onChange={(event) => {
          onChange(event.target.value);
          setCaret(event.target.selectionStart);
          setAt(0);
          setClosed(false);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
      {chosen && (
        <div id={listId} className="cl-offers" role="listbox" aria-label="People" tabIndex={-1}>
          {offers.map((person) => (
            // The field keeps the focus and has the keys.
            <div
              key={person.id}
              id={`${listId}-${person.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={person === chosen}
              onMouseDown={(event) => {
                event.preventDefault();
                take(person);
              }}
            >
              {showInvisible(person.name)}
            </div>
          ))}
        </div>
      )}
    </>
  );
}

/** Whether a name, or a word of it, begins so. */
function startsSo(name: string, word: string): boolean {
  const [folded, wanted] = [name.toLowerCase(), word.toLowerCase()];
  // Whole names are done: nothing is left to offer.
  if (wanted.startsWith(`${folded} `)) return false;
  return folded.startsWith(wanted) || folded.split(/\s+/).some((part) => part.startsWith(wanted));
}
