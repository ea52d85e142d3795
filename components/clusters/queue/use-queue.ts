'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { readJson } from '@/components/shell/read-json';
import { QUEUE_ROWS } from '@/lib/clusters/queue-filter';
import type { QueuePage } from '@/lib/clusters/schema';
import { countChanges } from './count-changes';

const POLL_MS = 15_000;
const LONG_POLL_MS = 60_000;

/** What the server read for the first picture. */
export interface InitialQueue {
  query: string;
  page: QueuePage;
  /** Epoch milliseconds. */
  readAt: number;
}

export interface Queue {
  /** The rows on screen: they change only when the filter does, or when told to. */
  page: QueuePage;
  /** The rows belong to an earlier filter; the new ones are on their way. */
  waiting: boolean;
  /** Clusters that changed since: they wait behind "apply". */
  changes: number;
  /** Shows what was read last. */
  apply: () => void;
  /** Reads again and shows it: after an act of one's own. */
  renew: () => Promise<void>;
  /** Reads further rows behind the last one. */
  more: () => void;
  /** Why the last read failed. */
  error: Error | null;
  /** Epoch milliseconds of the last good read. */
  readAt: number;
}

/** The list for a filter, read again every 15 seconds without moving a row under the reader's eyes. */
export function useQueue(query: string, initial: InitialQueue): Queue {
  const client = useQueryClient();
  const [shown, setShown] = useState({ query: initial.query, page: initial.page });
  const [seen, setSeen] = useState(initial);
  const [length, setLength] = useState({ query, rows: QUEUE_ROWS.first });
  const rows = length.query === query ? length.rows : QUEUE_ROWS.first;
  const longer = rows > QUEUE_ROWS.first;
  const result = useQuery({
    queryKey: longer ? ['queue', query, rows] : ['queue', query],
    queryFn: ({ signal }) =>
      readJson<QueuePage>(`/api/clusters/list?${query}${longer ? `&rows=${rows}` : ''}`, signal),
    initialData: query === initial.query && !longer ? initial.page : undefined,
    initialDataUpdatedAt: initial.readAt,
    refetchInterval: longer ? LONG_POLL_MS : POLL_MS,
    staleTime: 5_000,
  });

  // The page came again from the server (an act of the reader's, or a way back): newer than what is cached.
  useEffect(() => {
    const key = ['queue', initial.query];
    client.setQueryData<QueuePage>(key, (known) => (known ? firstAnew(initial.page, known) : initial.page), {
      updatedAt: initial.readAt,
    });
    // It has the first rows only: the rest is asked for at once.
    if (!isWhole(initial.page)) void client.invalidateQueries({ queryKey: key, exact: true });
  }, [client, initial]);
  if (seen !== initial) {
    setSeen(initial);
    if (initial.query === query)
      setShown({ query, page: shown.query === query ? firstAnew(initial.page, shown.page) : initial.page });
  }
  const { data } = result;
  // Further rows come behind those on screen; the ones that are there stay as they are until they are applied.
  if (data && (shown.query !== query || isContinued(shown.page, data)))
    setShown({ query, page: shown.query === query ? continued(shown.page, data) : data });

  const waiting = shown.query !== query;
  return {
    page: shown.page,
    waiting,
    changes: data && !waiting ? countChanges(shown.page.rows, data.rows) : 0,
    apply: useCallback(() => {
      if (data) setShown({ query, page: data });
    }, [data, query]),
    renew: async () => {
      const latest = await result.refetch();
      if (latest.data) setShown({ query, page: latest.data });
    },
    more: useCallback(() => {
      setLength((now) => {
        const before = now.query === query ? now.rows : QUEUE_ROWS.first;
        return { query, rows: Math.min(QUEUE_ROWS.most, before + QUEUE_ROWS.first) };
      });
    }, [query]),
    error: result.error,
    readAt: result.dataUpdatedAt,
  };
}

function isContinued(shown: QueuePage, latest: QueuePage): boolean {
  return shown.rows.length < shown.total && latest.rows.length > shown.rows.length;
}

/** The first rows anew, and behind them those that were known. */
function firstAnew(first: QueuePage, known: QueuePage): QueuePage {
  if (isWhole(first)) return first;
  const ids = new Set(first.rows.map((row) => row.id));
  return { ...first, rows: [...first.rows, ...known.rows.slice(ids.size).filter((row) => !ids.has(row.id))] };
}

/** Holds all that a list reads at first. */
function isWhole({ rows, total }: QueuePage): boolean {
  return rows.length >= Math.min(total, QUEUE_ROWS.first);
}

/** The rows on screen as they are, and behind them those that were not there. */
function continued(shown: QueuePage, latest: QueuePage): QueuePage {
  const known = new Set(shown.rows.map((row) => row.id));
  const rows = [...shown.rows, ...latest.rows.slice(shown.rows.length).filter((row) => !known.has(row.id))];
  // Were the further ones all known, it would be asked for ever.
  return rows.length > shown.rows.length ? { ...shown, rows } : latest;
}
