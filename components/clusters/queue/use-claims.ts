'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { useDesk } from '@/components/shell/desk-context';
import { formatOf } from '@/components/ui/format';
import type { ClusterRow } from '@/lib/clusters/schema';
import type { ActionResult } from '@/lib/errors';
import type { DecideAction } from '../decide-dialog';
import { refusalOf } from '../refusal-of';

/** The queue's server actions. */
export interface QueueActions {
  claim: (input: { clusterId: number }) => Promise<ActionResult>;
  /** Claims what it can; the answer says for each refused one why. */
  claimMany: (input: {
    clusterIds: number[];
  }) => Promise<ActionResult<{ refused: { clusterId: number; message: string }[] }>>;
  release: (input: { clusterId: number }) => Promise<ActionResult>;
  decide: DecideAction;
}

interface Claims {
  busy: boolean;
  claim: (row: ClusterRow) => Promise<void>;
  /** True when all of them are the reader's now. */
  claimAll: (rows: ClusterRow[]) => Promise<boolean>;
  release: (row: ClusterRow) => Promise<void>;
}

/** Claiming and releasing from the list: what came of it is said, then the list is read again. */
export function useClaims(actions: QueueActions, renew: () => Promise<void>): Claims {
  const { person } = useDesk();
  const [busy, setBusy] = useState(false);

  const run = async <T>(act: () => Promise<ActionResult<T>>): Promise<{ value: T } | null> => {
    if (busy) return null;
    setBusy(true);
    try {
      const result = await act();
      if (!result.ok) toast.error(result.message);
      // Also after a refusal: somebody else has changed it.
      await renew();
      return result.ok ? { value: result.value } : null;
    } catch {
      toast.error('Not saved: the connection was lost. Try again.');
      return null;
    } finally {
      setBusy(false);
    }
  };

  return {
    busy,
    claim: async (row) => {
      const reason = refusalOf('claim', row, person);
      if (reason) toast.error(`${row.name}: ${reason}`);
      else if (await run(() => actions.claim({ clusterId: row.id }))) toast.success(`${row.name} is yours`);
    },
    claimAll: async (rows) => {
      const free = rows.filter((row) => refusalOf('claim', row, person) === null);
      if (free.length === 0) {
        toast.error('None of these can be claimed: each is claimed or dismissed already.');
        return false;
      }
      const done = await run(() => actions.claimMany({ clusterIds: free.map((row) => row.id) }));
      if (!done) return false;
      const { refused } = done.value;
      const names = new Map(free.map((row) => [row.id, row.name]));
      for (const each of refused) toast.error(`${names.get(each.clusterId)}: ${each.message}`);
      if (free.length > refused.length)
        toast.success(`${formatOf(free.length - refused.length, 'cluster')} claimed`);
      return refused.length === 0;
    },
    release: async (row) => {
      if (await run(() => actions.release({ clusterId: row.id })))
        toast.success(`${row.name} is back in the queue`);
    },
  };
}
