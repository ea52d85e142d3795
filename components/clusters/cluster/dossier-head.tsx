'use client';

import { useDesk } from '@/components/shell/desk-context';
import { formatMoment, formatOf } from '@/components/ui/format';
import { clusterRef } from '@/lib/clusters/rules';

/** On paper only: what this is, of when and for whom, and what a page of paper leaves out. */
export function DossierHead({
  clusterId,
  accounts,
  at,
}: {
  clusterId: number;
  accounts: number;
  /** ISO 8601, when it was read. */
  at: string;
}) {
  const { person, simulated } = useDesk();
  return (
    <p className="dossier-head">
      {simulated && <b>Simulated data. </b>}
      Dossier of {clusterRef(clusterId)}, as of {formatMoment(at)}, for {person.name}. Of{' '}
      {formatOf(accounts, 'account')} those in view are printed, of the timeline and the network what the
      screen showed; Weir holds the rest.
    </p>
  );
}
