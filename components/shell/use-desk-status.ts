'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { DeskStatus } from '@/lib/clusters/overview-schema';
import { ReadError, readJson } from './read-json';

const POLL_MS = 10_000;

/**
 * What the shell shows, read again every 10 seconds: the layout itself is kept from page to page.
 * @param readAt the server's clock when it read `initial`, epoch ms
 */
export function useDeskStatus(
  initial: DeskStatus,
  readAt: number,
): { status: DeskStatus; problem: string | null } {
  const client = useQueryClient();
  const result = useQuery({
    queryKey: ['desk'],
    queryFn: ({ signal }) => readJson<DeskStatus>('/api/desk', signal),
    initialData: initial,
    initialDataUpdatedAt: readAt,
    refetchInterval: POLL_MS,
    staleTime: POLL_MS,
  });
  // An act of the reader's drew the layout again: that is newer than the last poll.
  useEffect(() => {
    client.setQueryData(['desk'], initial, { updatedAt: readAt });
  }, [client, initial, readAt]);
  return { status: result.data, problem: result.error && wordsOf(result.error) };
}

function wordsOf(error: Error): string {
  if (error instanceof ReadError && error.status === 401)
    return 'Your session has ended. Load the page to sign in';
  return error instanceof ReadError && error.status === 0
    ? 'No connection to Weir'
    : 'The desk could not be read anew';
}
