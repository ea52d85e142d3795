'use client';

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { readJson } from '@/components/shell/read-json';
import type { AuditFilter, AuditPage } from '@/lib/audit/filter-schema';
import { auditParams } from './audit-query';

/** Beyond so many lines the list starts anew at an address of its own: memory stays flat. */
export const MOST_ROWS = 20_000;
const LOOK_FOR_NEWER_MS = 10_000;

const path = (base: string, filter: AuditFilter, cursor: number | undefined) =>
  `${base}?${auditParams({ ...filter, cursor })}`;

/** The list from its first page on, a page at a time. */
export function useAuditRows(filter: AuditFilter, first: AuditPage) {
  const query = useInfiniteQuery({
    queryKey: ['audit', auditParams(filter).toString(), first.rows[0]?.id ?? 0],
    queryFn: ({ pageParam, signal }) =>
      readJson<AuditPage>(path('/api/audit/list', filter, pageParam), signal),
    initialPageParam: filter.cursor,
    initialData: { pages: [first], pageParams: [filter.cursor] },
    getNextPageParam: (last: AuditPage) => last.next ?? undefined,
    // Entries never change; newer ones wait until they are asked for.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = query.data.pages.flatMap((page) => page.rows);
  return {
    rows,
    next: query.data.pages.at(-1)?.next ?? null,
    full: rows.length >= MOST_ROWS,
    loading: query.isFetchingNextPage,
    problem: query.error?.message ?? null,
    loadMore: () => void query.fetchNextPage(),
  };
}

/** The batches behind one line. */
export function useFold(filter: AuditFilter, headId: number | null) {
  const query = useInfiniteQuery({
    queryKey: ['audit fold', auditParams({ ...filter, cursor: undefined }).toString(), headId],
    queryFn: ({ pageParam, signal }) =>
      readJson<AuditPage>(path(`/api/audit/folds/${headId}`, filter, pageParam), signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last: AuditPage) => last.next ?? undefined,
    enabled: headId !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (headId === null) return { fold: null, loadMore: () => {}, problem: null };
  const waiting = query.isPending || query.isFetchingNextPage ? ('loading' as const) : null;
  const waits = query.error ? null : (waiting ?? (query.hasNextPage ? ('more' as const) : null));
  return {
    fold: { headId, rows: query.data?.pages.flatMap((page) => page.rows) ?? [], waits },
    loadMore: () => void query.fetchNextPage(),
    problem: query.error?.message ?? null,
  };
}

/** How many entries have come since the list was read. */
export function useNewer(filter: AuditFilter, newestId: number): number {
  const query = useQuery({
    queryKey: ['audit newer', auditParams(filter).toString(), newestId],
    queryFn: ({ signal }) =>
      readJson<{ entries: number }>(path('/api/audit/newer', filter, newestId), signal),
    enabled: filter.order === 'newest' && filter.cursor === undefined,
    refetchInterval: LOOK_FOR_NEWER_MS,
    initialData: { entries: 0 },
    placeholderData: keepPreviousData,
  });
  return query.data.entries;
}
