'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { PreviewInput, ProposalPreview, ProposeInput } from '@/lib/enforcement/propose-schema';
import type { ImpactGroupName } from '@/lib/enforcement/schema';
import type { ActionResult } from '@/lib/errors';
import { readSelection } from './selection';

type Origin = Pick<PreviewInput, 'clusterId' | 'accountIds' | 'indicatorId' | 'lateOf' | 'relistOf' | 'list'>;

/** Whom a draft is for: known from the address, pasted here, or selected on another page. */
export type DraftTarget =
  | { kind: 'fixed'; input: Origin; replaces?: number }
  | { kind: 'list' }
  | { kind: 'selection' };

export interface DraftActions {
  preview: (input: PreviewInput) => Promise<ActionResult<ProposalPreview>>;
  propose: (input: ProposeInput) => Promise<ActionResult<{ ids: number[] }>>;
  split: (input: ProposeInput) => Promise<ActionResult<{ ids: number[] }>>;
}

export interface DraftChoice {
  action: PreviewInput['action'];
  countermeasure?: string;
  exclude: ImpactGroupName[];
  leaveUnknown: boolean;
}

/** What is chosen in a draft and what it would come to; every change of it is weighed anew. */
export function useDraft(
  target: DraftTarget,
  first: Pick<DraftChoice, 'action' | 'exclude'>,
  actions: DraftActions,
) {
  const [choice, setChoice] = useState<DraftChoice>({ ...first, leaveUnknown: false });
  const [list, setList] = useState('');
  const [selected, setSelected] = useState<string[] | null>(null);
  useEffect(() => {
    if (target.kind === 'selection') setSelected(readSelection());
  }, [target.kind]);
  const origin = originOf(target, list, selected);
  const ready =
    origin !== null && (choice.action !== 'countermeasure' || choice.countermeasure !== undefined);
  const replaces = target.kind === 'fixed' ? target.replaces : undefined;
  const input: PreviewInput = { ...origin, ...choice, replaces };
  const query = useQuery({
    queryKey: ['draft', input],
    enabled: ready,
    queryFn: async () => {
      const result = await actions.preview(input);
      if (!result.ok) throw new Error(result.message);
      return result.value;
    },
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const change = (more: Partial<DraftChoice>) => setChoice((now) => ({ ...now, ...more }));
  return { choice, change, list, setList, selected, ready, input, query };
}

function originOf(target: DraftTarget, list: string, selected: string[] | null): Origin | null {
  if (target.kind === 'fixed') return target.input;
  if (target.kind === 'list') return list.trim() === '' ? null : { list };
  return selected === null || selected.length === 0 ? null : { accountIds: selected };
}
