'use client';

import { useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { toast } from '@/components/ui/toast';
import type { RowResult } from '@/lib/clusters/queue-schema';
import { clusterRef } from '@/lib/clusters/rules';
import type { ClusterRow } from '@/lib/clusters/schema';
import { MOST_PROPOSED } from './bulk-propose';
import type { Outcome } from './row-results';
import type { Claims } from './use-claims';
import type { Selection } from './use-selection';

export interface Bulk {
  /** What is asked, of the rows as they were then: what is done to them takes some off the list. */
  asked: { what: 'dismiss' | 'propose'; rows: ClusterRow[] } | null;
  /** What became of each when some were refused. */
  outcomes: Outcome[] | null;
  /** Claims what is selected, or the row under the keyboard. */
  claim: () => Promise<void>;
  /** Opens the dialog for what is selected, or the row under the keyboard. */
  ask: (what: 'dismiss' | 'propose') => void;
  settle: (acted: ClusterRow[], results: RowResult[]) => void;
  close: () => void;
}

/** Acts on the selection; what was refused stays selected and is said row by row. */
export function useBulk(selection: Selection, row: ClusterRow | undefined, claims: Claims): Bulk {
  const { person, may } = useDesk();
  const [asked, setAsked] = useState<Bulk['asked']>(null);
  const [outcomes, setOutcomes] = useState<Outcome[] | null>(null);

  const settle = (acted: ClusterRow[], results: RowResult[]) => {
    const names = new Map(acted.map((each) => [each.id, each.name]));
    const refused = results.filter((each) => each.refused !== null);
    selection.keep(refused.map((each) => each.clusterId));
    if (refused.length === 0) return;
    setOutcomes(
      results.map(({ clusterId: id, refused: why }) => ({
        id,
        name: names.get(id) ?? clusterRef(id),
        done: why === null,
        words: why ?? 'done',
      })),
    );
  };
  const claim = async () => {
    const chosen = selection.rows;
    if (chosen.length === 0) {
      if (row) await claims.claim(row);
      return;
    }
    const results = await claims.claimAll(chosen);
    if (results) settle(chosen, results);
  };
  const ask = (what: 'dismiss' | 'propose') => {
    const chosen = selection.rows.length > 0 ? selection.rows : row ? [row] : [];
    if (chosen.length === 0) return;
    if (!may(what === 'dismiss' ? 'cluster.decide' : 'proposal.create'))
      toast.error(`Analysts and approvers ${what}; you are signed in as ${person.role}.`);
    else if (what === 'propose' && chosen.length > MOST_PROPOSED)
      toast.error(`At most ${MOST_PROPOSED} proposals at once: somebody has to read each. Select fewer.`);
    else setAsked({ what, rows: chosen });
  };
  const close = () => {
    setAsked(null);
    setOutcomes(null);
  };
  return { asked, outcomes, claim, ask, settle, close };
}
