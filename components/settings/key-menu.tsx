'use client';

import { Ellipsis } from 'lucide-react';
import { Until } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useNow } from '@/components/ui/now';
import type { ApiKeyRow } from '@/lib/access/schema';

/** Whether a key that nobody revoked still opens anything, and until when. */
export function KeyEnd({ expiresAt, replaced }: { expiresAt: string | null; replaced: boolean }) {
  const now = useNow();
  if (expiresAt === null) return <span className="soft">Active</span>;
  if (Date.parse(expiresAt) <= now) return <>{replaced ? 'Replaced' : 'Expired'}</>;
  return (
    <span className="soft">
      {replaced ? 'Replaced, ends' : 'Ends'} in <Until at={expiresAt} />
    </span>
  );
}

export function KeyMenu({
  row,
  onReplace,
  onRevoke,
}: {
  row: ApiKeyRow;
  onReplace: () => void;
  onRevoke: () => void;
}) {
  return (
    <Menu
      label={`Actions on ${row.name}`}
      align="end"
      trigger={
        <Button variant="ghost" icon aria-label={`Actions on the key ${row.name}`}>
          <Ellipsis className="i" aria-hidden="true" />
        </Button>
      }
    >
      <MenuItem disabled={row.replaced} note={row.replaced ? 'done already' : undefined} onSelect={onReplace}>
        Replace…
      </MenuItem>
      <MenuItem onSelect={onRevoke}>Revoke…</MenuItem>
    </Menu>
  );
}
