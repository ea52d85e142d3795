'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { clusterRef } from '@/lib/clusters/rules';
import type { ClusterRow, QueuePage } from '@/lib/clusters/schema';
import { DESK_PAGES } from './desk-pages';
import { type PaletteGroup, PaletteOptions } from './palette-options';
import { readJson } from './read-json';

const SHOWN = 8;

/** ⌘K: any page, any cluster by its name or number. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="dialog palette" aria-describedby={undefined}>
          <Dialog.Title className="vh">Search</Dialog.Title>
          <PaletteBody onDone={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A field that keeps the focus; arrows move through the list below it, Enter opens. */
function PaletteBody({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const listId = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const word = useDeferredValue(text.trim());
  const { groups, note } = useFound(word);

  const options = groups.flatMap((group) => group.options);
  const at = Math.max(
    0,
    options.findIndex((option) => option.href === chosen),
  );
  const go = (href: string) => {
    onDone();
    router.push(href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && options.length > 0) {
      event.preventDefault();
      setChosen(options[(at + step + options.length) % options.length]?.href ?? null);
    }
    const option = options[at];
    if (event.key === 'Enter' && option && !event.nativeEvent.isComposing) go(option.href);
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
          maxLength={100}
          placeholder="A page, a cluster’s name or CL-number"
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
function useFound(word: string): { groups: PaletteGroup[]; note: string | null } {
  const found = useQuery({
    queryKey: ['palette', word],
    queryFn: ({ signal }) => readJson<QueuePage>(`/api/clusters/list?${searchFor(word)}`, signal),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const rows = found.data?.rows ?? [];
  // While the answer is on its way the last one is narrowed here: Enter never opens what does not match.
  const clusters = found.isPlaceholderData ? rows.filter((row) => matches(row, word)) : rows;
  const pages = DESK_PAGES.filter((page) => page.label.toLowerCase().includes(word.toLowerCase()));
  const groups: PaletteGroup[] = [
    {
      label: word ? 'Clusters' : 'Clusters, highest score first',
      options: clusters.slice(0, SHOWN).map((row) => ({ href: `/clusters/${row.id}`, cluster: row })),
    },
    { label: 'Pages', options: pages.map((page) => ({ href: page.href, page })) },
  ].filter((group) => group.options.length > 0);
  if (found.error) return { groups, note: found.error.message };
  if (groups.length > 0) return { groups, note: null };
  if (found.isFetching) return { groups, note: 'Looking…' };
  return { groups, note: `Nothing is called “${word}”. Try part of a cluster’s name or its number.` };
}

function matches({ id, name }: ClusterRow, word: string): boolean {
  return `${name} ${clusterRef(id)}`.toLowerCase().includes(word.toLowerCase());
}

/** All states: whoever looks for a name wants the dismissed one too. */
function searchFor(word: string): string {
  const query = new URLSearchParams();
  if (word) {
    query.set('q', word);
    query.set('status', 'open,in_review,confirmed,dismissed');
  }
  return query.toString();
}
