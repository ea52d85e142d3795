import { readJson } from '@/components/shell/read-json';
import type { NetworkGraph } from '@/lib/clusters/schema';

/** A cluster's network as the server groups and places it. @param expand the group that is drawn by its accounts */
export const networkQuery = (clusterId: number, expand: string | null) => ({
  queryKey: ['cluster', clusterId, 'network', expand],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    readJson<NetworkGraph>(
      `/api/clusters/${clusterId}/network${expand ? `?expand=${encodeURIComponent(expand)}` : ''}`,
      signal,
    ),
  staleTime: 5 * 60_000,
});
