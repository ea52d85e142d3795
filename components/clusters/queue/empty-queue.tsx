'use client';

import { useQueries } from '@tanstack/react-query';
import { ReadError, readJson } from '@/components/shell/read-json';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import { filterQuery } from '@/lib/clusters/queue-filter';
import type { QueuePage } from '@/lib/clusters/schema';
import { describeFilter } from './filter-query';
import type { FilterState } from './use-filter';

/** No cluster matches: says which filter to take off to see how many. */
export function EmptyQueue({ state, page }: { state: FilterState; page: QueuePage }) {
  const { filter, change, choose } = state;
  const set = describeFilter(filter, page);
  const without = useQueries({
    queries: set.map(({ facet }) => {
      const query = filterQuery({ ...filter, [facet]: undefined });
      return {
        queryKey: ['queue', query],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          readJson<QueuePage>(`/api/clusters/list?${query}`, signal),
        staleTime: 15_000,
      };
    }),
  });
  const offers = set
    .map((each, index) => ({ ...each, total: without[index]?.data?.total ?? 0 }))
    .filter((each) => each.total > 0)
    .sort((a, b) => b.total - a.total);
  return (
    <div className="none">
      <p className="strong">No cluster matches.</p>
      {offers.map(({ facet, label, value, total }) => (
        <p key={facet}>
          <button type="button" className="link" onClick={() => change({ [facet]: undefined })}>
            Remove “{label} {value}”
          </button>{' '}
          to see {formatCount(total)}.
        </p>
      ))}
      {offers.length === 0 && without.every((each) => !each.isPending) && (
        <p>
          <Button onClick={() => choose({})}>Show all open clusters</Button>
        </p>
      )}
    </div>
  );
}

/** Nothing has been found, or nothing has come in: what to run. */
export function EmptyDesk({ hasRecords, hasRun }: { hasRecords: boolean; hasRun: boolean }) {
  if (!hasRecords) {
    return (
      <div className="none">
        <p className="strong">No records have come in yet.</p>
        <p>Bring in your logs, then let detection look at them:</p>
        <pre className="mono">npm run -s weir -- ingest FILE{'\n'}npm run -s weir -- detect</pre>
        <p className="small mute">
          FILE holds one JSON object a line, plain or gzipped. Machines send the same to{' '}
          <code className="mono">POST /api/v1/records</code> with a key from the settings.
        </p>
      </div>
    );
  }
  return (
    <div className="none">
      <p className="strong">
        {hasRun ? 'Detection found no cluster.' : 'Records are here; detection has not run yet.'}
      </p>
      <p>{hasRun ? 'It looks again over all records with:' : 'Let it look at them:'}</p>
      <pre className="mono">npm run -s weir -- detect</pre>
    </div>
  );
}

/** The list for this filter did not come. */
export function FailedQueue({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const id = error instanceof ReadError ? error.errorId : undefined;
  return (
    <div className="none" role="alert">
      <p className="strong">This list could not be read.</p>
      <p>{error.message}</p>
      {id && (
        <p className="small mute">
          The server’s log has it under <code className="mono">{id}</code>.
        </p>
      )}
      <p>
        <Button onClick={onRetry}>Try again</Button>
      </p>
    </div>
  );
}
