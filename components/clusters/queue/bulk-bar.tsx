'use client';

import { Button } from '@/components/ui/button';
import { formatOf, formatShort } from '@/components/ui/format';
import type { ClusterRow } from '@/lib/clusters/schema';

/** The list's footer while rows are selected: how much that is, and what can be done with all of it. */
export function BulkBar({
  rows,
  busy,
  onClaim,
  onClear,
}: {
  rows: ClusterRow[];
  busy: boolean;
  onClaim: () => void;
  onClear: () => void;
}) {
  const accounts = rows.reduce((sum, row) => sum + row.accounts, 0);
  const exchanges = rows.reduce((sum, row) => sum + row.exchanges, 0);
  const claimed = rows.filter((row) => row.assignee !== null).length;
  const who = claimed === 0 ? 'all unclaimed' : `${claimed} claimed already`;
  return (
    <div className="bulk" role="toolbar" aria-label="Selection">
      <span className="strong">{rows.length} selected</span>
      <span className="soft clip">
        {formatOf(accounts, 'account')}, {formatShort(exchanges)} exchanges, {who}
      </span>
      <span className="push" />
      <Button keys="C" busy={busy} disabled={claimed === rows.length} onClick={onClaim}>
        {claimed > 0 && claimed < rows.length ? `Claim ${rows.length - claimed}` : 'Claim'}
      </Button>
      <Button variant="ghost" keys="Esc" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
