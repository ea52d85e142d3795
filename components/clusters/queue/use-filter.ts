'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type ClusterFilter, filterQuery, type IgnoredPart, readFilter } from '@/lib/clusters/queue-filter';

// Keys repeat faster than browsers let an address change (Safari allows 100 changes in 30 s).
const AT_PAUSE_MS = 200;

const NOTHING: IgnoredPart[] = [];

export interface FilterState {
  filter: ClusterFilter;
  /** What of the address means nothing; gone with the next change. */
  ignored: IgnoredPart[];
  /** Takes it out of the address. */
  clean: () => void;
  query: string;
  /** The preview is closed by `preview=off`. */
  preview: boolean;
  /** Id of the row under the keyboard; ahead of the URL by a moment. */
  at: number | undefined;
  /** Narrows or orders the list: a step that "back" undoes. */
  change: (part: Partial<ClusterFilter>, how?: 'push' | 'replace') => void;
  /** Everything but `view` is taken off. */
  choose: (view: Partial<ClusterFilter>) => void;
  /** A saved view: exactly its filter and order. */
  restore: (filter: ClusterFilter) => void;
  /** Moves the row under the keyboard; not a step of its own. */
  moveTo: (id: number) => void;
  setPreview: (open: boolean) => void;
}

/** The queue's state, all of it in the URL. Changes stay in the browser; the list is read by its own route. */
export function useFilter(): FilterState {
  const params = useSearchParams();
  const read = useMemo(() => {
    const { filter, ignored } = readFilter(new URLSearchParams(params.toString()));
    return { filter, ignored, query: filterQuery(filter), preview: params.get('preview') !== 'off' };
  }, [params]);
  const { at, moveTo, write } = useAddress(read);
  const { filter, query, preview } = read;
  // The address is written anew with the first key; what was wrong with the link stays said until the list changes.
  const [ignored, setIgnored] = useState({ query, parts: read.ignored });
  if (read.ignored.length > 0 && ignored.parts !== read.ignored) setIgnored({ query, parts: read.ignored });
  return {
    filter,
    ignored: ignored.query === query ? ignored.parts : NOTHING,
    clean: () => {
      setIgnored({ query, parts: NOTHING });
      write(filter, preview, 'replace');
    },
    query,
    preview,
    at,
    moveTo,
    change: useCallback(
      (part, how = 'push') => write({ ...filter, ...part }, preview, how),
      [write, filter, preview],
    ),
    choose: (view) => write({ ...view, sort: filter.sort, dir: filter.dir }, preview, 'push'),
    restore: (saved) => write(saved, preview, 'push'),
    setPreview: (open) => write(filter, open, 'replace'),
  };
}

type Read = Pick<FilterState, 'filter' | 'preview'>;

/** The row under the keyboard moves at once and is written into the address when the keys rest. */
function useAddress(read: Read) {
  const urlAt = read.filter.at;
  const [at, setAt] = useState(urlAt);
  const [followed, setFollowed] = useState(urlAt);
  const [written, setWritten] = useState(urlAt);
  // "Back" or a link moved it; what this hook wrote itself is older than what is on screen.
  if (followed !== urlAt) {
    setFollowed(urlAt);
    if (urlAt !== written) setAt(urlAt);
  }
  const latest = useRef({ ...read, at });
  useEffect(() => {
    latest.current = { ...read, at };
  });
  const write = useCallback((filter: ClusterFilter, preview: boolean, how: 'push' | 'replace') => {
    const row = latest.current.at;
    const query = new URLSearchParams(filterQuery(filter));
    if (row !== undefined) query.set('at', String(row));
    if (!preview) query.set('preview', 'off');
    const address = query.size > 0 ? `/clusters?${query}` : '/clusters';
    setWritten(row);
    if (how === 'push') window.history.pushState(null, '', address);
    else window.history.replaceState(null, '', address);
  }, []);
  useEffect(() => {
    if (at === urlAt) return;
    const timer = setTimeout(
      () => write(latest.current.filter, latest.current.preview, 'replace'),
      AT_PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [at, urlAt, write]);
  return { at, moveTo: setAt, write };
}
