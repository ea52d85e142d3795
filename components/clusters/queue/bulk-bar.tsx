'use client';

import { ChevronDown } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf, formatShort } from '@/components/ui/format';
import { Menu, MenuItem } from '@/components/ui/menu';
import { Refused } from '@/components/ui/tooltip';
import { MOST_AT_ONCE } from '@/lib/clusters/queue-filter';
import type { ClusterRow } from '@/lib/clusters/schema';

/** The list's footer while rows are selected: how much that is, and what can be done with all of it. */
export function BulkBar({
  rows,
  busy,
  onClaim,
  onDismiss,
  onPropose,
  onExport,
  onClear,
}: {
  rows: ClusterRow[];
  busy: boolean;
  onClaim: () => void;
  onDismiss: () => void;
  onPropose: () => void;
  onExport: (format: 'csv' | 'ndjson') => void;
  onClear: () => void;
}) {
  const accounts = rows.reduce((sum, row) => sum + row.accounts, 0);
  const exchanges = rows.reduce((sum, row) => sum + row.exchanges, 0);
  const claimed = rows.filter((row) => row.assignee !== null).length;
  const who = claimed === 0 ? 'all unclaimed' : `${claimed} claimed already`;
  const acts = [
    {
      keys: 'C',
      words: claimed > 0 && claimed < rows.length ? `Claim ${rows.length - claimed}` : 'Claim',
      act: onClaim,
      off: claimed === rows.length,
    },
    { keys: 'D', words: 'Dismiss…', act: onDismiss, off: false },
    { keys: 'P', words: 'Propose…', act: onPropose, off: false },
  ];
  const tooMany =
    rows.length > MOST_AT_ONCE
      ? `At most ${formatCount(MOST_AT_ONCE)} at once, so that each is looked at. Narrow the filter and select fewer.`
      : null;
  return (
    <div className="bulk" role="toolbar" aria-label="Selection">
      <span className="strong">{formatCount(rows.length)} selected</span>
      <span className="soft clip">
        {formatOf(accounts, 'account')}, {formatShort(exchanges)} exchanges, {who}
      </span>
      <span className="push" />
      {acts.map(({ keys, words, act, off }) =>
        tooMany ? (
          <Refused key={keys} reason={tooMany}>
            <Button disabled>{words}</Button>
          </Refused>
        ) : (
          <Button key={keys} keys={keys} busy={busy} disabled={off} onClick={act}>
            {words}
          </Button>
        ),
      )}
      <Menu
        label="Export the selected"
        side="top"
        align="end"
        trigger={
          <Button>
            Export <ChevronDown className="i i-s" aria-hidden="true" />
          </Button>
        }
      >
        <MenuItem onSelect={() => onExport('csv')} note="for a spreadsheet">
          CSV of {formatCount(rows.length)}
        </MenuItem>
        <MenuItem onSelect={() => onExport('ndjson')} note="a line a cluster">
          NDJSON of {formatCount(rows.length)}
        </MenuItem>
      </Menu>
      <Button variant="ghost" keys="Esc" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
