'use client';

import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

/** Finds by id or name; asks 250 ms after the last letter. */
export function AccountSearch({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const asked = useRef(value);
  useEffect(() => {
    if (text === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = text;
      onChange(text);
    }, 250);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setText(value);
  }, [value]);
  return (
    <label className="field cl-find">
      <Search className="i i-s" aria-hidden="true" />
      <span className="vh">Find an account</span>
      <input
        type="search"
        maxLength={128}
        placeholder="Id or name"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && setText('')}
      />
    </label>
  );
}
