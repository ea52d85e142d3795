'use client';

import { RefreshCw, TriangleAlert } from 'lucide-react';
import { ReadError } from '@/components/shell/read-json';
import { Button } from '@/components/ui/button';
import { formatClock, formatCount } from '@/components/ui/format';
import type { Queue } from './use-queue';

/** What has changed since the list was read, or why it is not read any more. */
export function Freshness({ queue }: { queue: Queue }) {
  // Of a list that never came, its own place says why.
  if (queue.error && !queue.waiting) {
    const ended = queue.error instanceof ReadError && queue.error.status === 401;
    const since = `Not renewed since ${formatClock(new Date(queue.readAt).toISOString(), false)} UTC`;
    return (
      <span className="not-renewed small" role="status" title={queue.error.message}>
        <TriangleAlert className="i" aria-hidden="true" />
        <span className="clip">{ended ? 'Your session has ended' : since}</span>
        <Button
          variant="ghost"
          className="low"
          onClick={() => (ended ? location.reload() : void queue.renew())}
        >
          {ended ? 'Sign in' : 'Try again'}
        </Button>
      </span>
    );
  }
  return (
    <span role="status" className="renewed">
      {queue.changes > 0 && (
        <Button variant="ghost" className="low" keys="R" onClick={queue.apply} aria-keyshortcuts="r">
          <RefreshCw className="i i-s" aria-hidden="true" />
          {formatCount(queue.changes)} changed, apply
        </Button>
      )}
    </span>
  );
}
