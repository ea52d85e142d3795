'use client';

import { useQuery } from '@tanstack/react-query';
import { ReadError, readJson } from '@/components/shell/read-json';
import { type ClusterPulse, PULSE_MS } from '@/lib/clusters/presence-schema';
import type { ClusterDetail } from '@/lib/clusters/schema';

interface Pulse {
  /** Others who have the page open. */
  lookers: ClusterPulse['lookers'];
  /** How the cluster stands now, when that is not what the page shows. */
  changed: ClusterPulse | null;
  /** It is not there any more. */
  gone: boolean;
}

/** Says every 15 seconds that the page is open, while it is seen, and hears who else looks and what has changed. */
export function usePulse(cluster: Pick<ClusterDetail, 'id' | 'updatedAt' | 'lookers'>): Pulse {
  const { data, error } = useQuery({
    queryKey: ['cluster', cluster.id, 'pulse'],
    queryFn: ({ signal }) => readJson<ClusterPulse>(`/api/clusters/${cluster.id}/presence`, signal, 'POST'),
    refetchInterval: PULSE_MS,
    staleTime: 0,
  });
  return {
    lookers: data?.lookers ?? cluster.lookers,
    changed: data && Date.parse(data.updatedAt) > Date.parse(cluster.updatedAt) ? data : null,
    gone: error instanceof ReadError && error.status === 404,
  };
}
