'use client';

import { useQueries } from '@tanstack/react-query';
import { readJson } from '@/components/shell/read-json';
import type { MemberFilter } from '@/lib/clusters/member-filter';
import type { MemberPage, MemberRow } from '@/lib/clusters/schema';

const PAGE = 100;

export type MemberQuery = Pick<
  MemberFilter,
  'role' | 'q' | 'without' | 'plan' | 'spend' | 'links' | 'status' | 'sort' | 'dir'
>;

interface Members {
  /** Accounts that match; null until the first page is there. */
  total: number | null;
  plans: readonly string[];
  /** Absent while its page is on the way. */
  row: (index: number) => MemberRow | undefined;
  error: Error | null;
  stale: boolean;
  refetch: () => void;
}

/** The accounts of a cluster by pages of 100, only those that `from..to` touches. */
export function useMembers(clusterId: number, query: MemberQuery, from: number, to: number): Members {
  const first = Math.floor(Math.max(0, from) / PAGE);
  const last = Math.max(first, Math.floor(Math.max(0, to) / PAGE));
  // The first page is always there: it says how many there are, and the table must not shrink while others come.
  const pages = [...new Set([0, ...Array.from({ length: last - first + 1 }, (_, i) => first + i)])];
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: ['cluster', clusterId, 'accounts', query, page],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        readJson<MemberPage>(address(clusterId, query, page), signal),
      staleTime: 60_000,
      // While a filter changes the same page of the old one stays, dimmed; never another page in its place.
      placeholderData: (old: MemberPage | undefined, of: { queryKey: readonly unknown[] } | undefined) =>
        of?.queryKey.at(-1) === page ? old : undefined,
    })),
  });
  const byPage = new Map(pages.map((page, i) => [page, results[i]]));
  return {
    total: results[0]?.data?.total ?? null,
    plans: results[0]?.data?.plans ?? [],
    row: (index) => byPage.get(Math.floor(index / PAGE))?.data?.rows[index % PAGE],
    error: results.find((result) => result.error)?.error ?? null,
    stale: results.some((result) => result.isPlaceholderData),
    refetch: () => {
      for (const result of results) if (result.error) void result.refetch();
    },
  };
}

function address(clusterId: number, query: MemberQuery, page: number): string {
  const params = memberParams(query);
  params.set('offset', String(page * PAGE));
  params.set('limit', String(PAGE));
  return `/api/clusters/${clusterId}/accounts?${params}`;
}

/** What is set of a query, as an address has it. */
export function memberParams(query: Partial<MemberQuery>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])),
  );
}
