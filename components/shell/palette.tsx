'use client';

import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { showInvisible } from '@/components/ui/format';
import type { Found } from '@/lib/clusters/search-schema';
import { commandGroup, foundGroups, pageGroup, valueGroup } from './palette-groups';
import { type PaletteGroup, type PaletteOption, PaletteOptions } from './palette-options';
import { readJson } from './read-json';

interface PaletteProps {
  onClose: () => void;
  /** Opens the list of keys. */
  onKeys: () => void;
}

/** ⌘K: any page; any cluster, account, campaign, proposal or value by its id or part of it; what can be done. */
export function Palette({ onClose, onKeys }: PaletteProps) {
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="dialog palette" aria-describedby={undefined}>
          <Dialog.Title className="vh">Search</Dialog.Title>
          <PaletteBody onDone={onClose} onKeys={onKeys} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A field that keeps the focus; arrows move through the list below it, Enter opens. */
function PaletteBody({ onDone, onKeys }: { onDone: () => void; onKeys: () => void }) {
  const router = useRouter();
  const listId = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const word = useDeferredValue(text.trim());
  const { groups, note } = useFound(word, onKeys);

  const options = groups.flatMap((group) => group.options);
  const at = Math.max(
    0,
    options.findIndex((option) => option.key === chosen),
  );
  const go = (option: PaletteOption) => {
    onDone();
    option.run?.();
    if (option.href) router.push(option.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && options.length > 0) {
      event.preventDefault();
      setChosen(options[(at + step + options.length) % options.length]?.key ?? null);
    }
    const option = options[at];
    if (event.key === 'Enter' && option && !event.nativeEvent.isComposing) go(option);
  };
  return (
    <>
      <div className="palette-field">
        <Search className="i" aria-hidden="true" />
        <input
          role="combobox"
          aria-label="Search"
          aria-expanded={options.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={options[at] ? `${listId}-${at}` : undefined}
          value={text}
          maxLength={128}
          placeholder="A page, or a cluster, account, campaign or value by part of it"
          onChange={(event) => {
            setText(event.target.value);
            setChosen(null);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>esc</kbd>
      </div>
      <PaletteOptions listId={listId} groups={groups} at={at} onPoint={setChosen} onGo={go} />
      <p className={note ? 'palette-note' : 'vh'} role="status">
        {note}
      </p>
    </>
  );
}

/** What a word finds, and what to say when it finds nothing. */
function useFound(word: string, showKeys: () => void): { groups: PaletteGroup[]; note: string | null } {
  const look = (part: 'names' | 'values') => ({
    queryKey: ['palette', part, word],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      readJson<Found>(`/api/search?${new URLSearchParams({ q: word, in: part })}`, signal),
    staleTime: 10_000,
  });
  const names = useQuery(look('names'));
  const values = useQuery({ ...look('values'), enabled: word.length >= 3 });
  // What is shown belongs to the word as it stands: Enter never opens what does not match.
  const groups = [
    ...foundGroups(names.data ?? null, word),
    valueGroup(values.data ?? null),
    pageGroup(word),
    commandGroup(word, showKeys),
  ].filter((group) => group.options.length > 0);
  const error = names.error ?? values.error;
  if (error) return { groups, note: error.message };
  if (names.isFetching || values.isFetching) return { groups, note: groups.length > 0 ? null : 'Looking…' };
  if (groups.length > 0) return { groups, note: null };
  return {
    groups,
    note: `Nothing is called “${showInvisible(word)}”. Try part of a name, an id or a value.`,
  };
}
