'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { readMemberFilter } from '@/lib/clusters/member-filter';
import type { MemberQuery } from './use-members';

/** The accounts' filters as they stand in the address, and a way to change them without a new page. */
export function useMemberQuery(): [MemberQuery, (change: Partial<MemberQuery>) => void] {
  const params = useSearchParams();
  const path = usePathname();
  const { q, offset: _offset, limit: _limit, ...rest } = readMemberFilter(params);
  const query: MemberQuery = { ...rest, q: q || undefined };
  const change = (part: Partial<MemberQuery>) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries({ ...query, ...part })) {
      const plain = (name === 'sort' && value === 'strength') || (name === 'dir' && value === 'desc');
      if (value && !plain) next.set(name, value);
      else next.delete(name);
    }
    const text = next.toString();
    // Next keeps useSearchParams in step with the history, and asks the server for nothing.
    window.history.replaceState(null, '', `${path}${text && `?${text}`}`);
  };
  return [query, change];
}
