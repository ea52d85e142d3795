'use client';

import { useState } from 'react';
import { readJson } from '@/components/shell/read-json';
import { toast } from '@/components/ui/toast';
import type { SelectedMember } from '@/lib/clusters/schema';
import { type MemberQuery, memberParams } from './use-members';

interface MemberSelection {
  selected: ReadonlyMap<string, SelectedMember>;
  busy: boolean;
  toggle: (member: SelectedMember) => void;
  /** All that the filters leave and that may be acted on, whether they are drawn or not. */
  selectAll: (query: MemberQuery) => Promise<void>;
  /** The core and ordinary members that are not selected; null when they could not be read. */
  others: () => Promise<string[] | null>;
  clear: () => void;
}

/** The accounts that are ticked, over all filters and pages. */
export function useMemberSelection(clusterId: number): MemberSelection {
  const [selected, setSelected] = useState<ReadonlyMap<string, SelectedMember>>(new Map());
  const [busy, setBusy] = useState(false);
  const read = async (query: Partial<MemberQuery>): Promise<SelectedMember[] | null> => {
    setBusy(true);
    try {
      return await readJson<SelectedMember[]>(
        `/api/clusters/${clusterId}/accounts/select?${memberParams(query)}`,
      );
    } catch (error) {
      toast.error(error instanceof Error ? error.message : 'The accounts could not be read. Try again.');
      return null;
    } finally {
      setBusy(false);
    }
  };
  return {
    selected,
    busy,
    toggle: (member) => {
      const next = new Map(selected);
      if (!next.delete(member.accountId)) next.set(member.accountId, member);
      setSelected(next);
    },
    selectAll: async (query) => {
      const members = await read(query);
      if (!members) return;
      if (members.length === 0) toast.error('None of these may be acted on: they are linked too weakly.');
      setSelected(
        (before) => new Map([...before, ...members.map((each) => [each.accountId, each] as const)]),
      );
    },
    others: async () => {
      const all = await read({});
      return all?.map((each) => each.accountId).filter((id) => !selected.has(id)) ?? null;
    },
    clear: () => setSelected(new Map()),
  };
}
