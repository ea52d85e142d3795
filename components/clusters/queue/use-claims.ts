'use client';

import { useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { formatOf } from '@/components/ui/format';
import { LOST_CONNECTION } from '@/components/ui/lost-connection';
import { toast } from '@/components/ui/toast';
import type { DismissManyInput, RowResult } from '@/lib/clusters/queue-schema';
import type { ClusterRow } from '@/lib/clusters/schema';
import type { ActionResult } from '@/lib/errors';
import type { DecideAction } from '../decide-dialog';
import { refusalOf } from '../refusal-of';

/** The queue's server actions. */
export interface QueueActions {
  claim: (input: { clusterId: number }) => Promise<ActionResult>;
  /** Claims what it can; the answer says for each refused one why. */
  claimMany: (input: { clusterIds: number[] }) => Promise<ActionResult<RowResult[]>>;
  dismissMany: (input: DismissManyInput) => Promise<ActionResult<RowResult[]>>;
  release: (input: { clusterId: number }) => Promise<ActionResult>;
  decide: DecideAction;
  undo: (input: { clusterId: number }) => Promise<ActionResult>;
}

export interface Claims {
  busy: boolean;
  claim: (row: ClusterRow) => Promise<void>;
  /** What became of each that could be claimed at all; null when nothing was tried or no answer came. */
  claimAll: (rows: ClusterRow[]) => Promise<RowResult[] | null>;
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
      toast.error(LOST_CONNECTION);
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
        return null;
      }
      const done = await run(() => actions.claimMany({ clusterIds: free.map((row) => row.id) }));
      if (!done) return null;
      const claimed = done.value.filter((each) => each.refused === null).length;
      if (claimed > 0) toast.success(`${formatOf(claimed, 'cluster')} claimed`);
      return done.value;
    },
    release: async (row) => {
      if (await run(() => actions.release({ clusterId: row.id })))
        toast.success(`${row.name} is back in the queue`);
    },
  };
}
