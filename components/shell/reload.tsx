'use client';

import { Button } from '@/components/ui/button';

/** Reads the whole page again. */
export function Reload() {
  return (
    <Button variant="primary" onClick={() => location.reload()}>
      Try again
    </Button>
  );
}
