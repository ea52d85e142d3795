'use client';

import { Search } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';

const TYPING_PAUSE_MS = 250;

/** Filters a list while it is typed in, a moment after the last key. Esc empties it, then leaves it. */
export function SearchField({
  value,
  onChange,
  label,
  placeholder,
  maxLength,
  fieldRef,
}: {
  value: string;
  onChange: (value: string) => void;
  label: string;
  placeholder: string;
  maxLength: number;
  fieldRef: RefObject<HTMLInputElement | null>;
}) {
  const [text, setText] = useState(value);
  const [followed, setFollowed] = useState(value);
  // Somebody else changed it: a tab, "back", a removed filter.
  if (followed !== value) {
    setFollowed(value);
    if (text.trim() !== value) setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onChange(text.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <label className="field find-row">
      <Search className="i i-s" aria-hidden="true" />
      <input
        ref={fieldRef}
        value={text}
        maxLength={maxLength}
        placeholder={placeholder}
        aria-label={label}
        aria-keyshortcuts="/"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key !== 'Escape') return;
          if (text) setText('');
          else event.currentTarget.blur();
        }}
      />
      <kbd>/</kbd>
    </label>
  );
}
