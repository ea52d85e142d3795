'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { readJson } from '@/components/shell/read-json';
import type { ItemPage, ItemState, ProposalProgress, ProposalStatus } from '@/lib/enforcement/schema';

/** Milliseconds between two looks: once a second while it runs, rarely while people think, never when it is over. */
export function pollEvery(status: ProposalStatus): number | false {
  if (status === 'running' || status === 'approved') return 1_000;
  if (status === 'paused') return 5_000;
  return status === 'waiting' ? 15_000 : false;
}

/** The state of a proposal, followed while it can change. */
export function useProgress(id: number, initial: ProposalProgress) {
  return useQuery({
    queryKey: ['proposal', id, 'progress'],
    queryFn: ({ signal }) => readJson<ProposalProgress>(`/api/proposals/${id}/progress`, signal),
    initialData: initial,
    refetchInterval: (query) => pollEvery(query.state.data?.status ?? initial.status),
  });
}

/** Accounts of a proposal in one state or in any, newest first. */
export function useItems(
  id: number,
  { state, limit, status }: { state: ItemState | null; limit: number; status: ProposalStatus },
) {
  return useQuery({
    queryKey: ['proposal', id, 'items', state, limit, status],
    queryFn: ({ signal }) =>
      readJson<ItemPage>(
        `/api/proposals/${id}/items?limit=${limit}${state ? `&state=${state}` : ''}`,
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: pollEvery(status),
  });
}
