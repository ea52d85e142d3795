'use client';

import { Button } from '@/components/ui/button';
import { Failure } from './failure';

/** What an error boundary shows: production hides the message and leaves the digest, which the log has too. */
export function PageFailure({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  return (
    <Failure
      title="This page could not be shown"
      errorId={digest}
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          {/* Read anew: what failed may be what leads from page to page. */}
          <a className="btn" href="/clusters">
            Go to the clusters
          </a>
        </>
      }
    >
      <p>Nothing was changed. What was saved before is kept.</p>
      <p>Try again; if it stays so, tell whoever runs Weir the id below.</p>
    </Failure>
  );
}
