'use client';

import { Ellipsis } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import type { UserRow } from '@/lib/access/schema';

export type UserAct = 'role' | 'password' | 'sign out' | 'disable' | 'enable';

/** What an administrator can do with a user. Nobody changes their own role or locks themselves out. */
export function UserMenu({
  user,
  own,
  onAct,
}: {
  user: UserRow;
  own: boolean;
  onAct: (act: UserAct) => void;
}) {
  const note = own ? 'not your own' : user.atProvider ? 'at the identity provider' : undefined;
  const off = user.disabledAt !== null;
  return (
    <Menu
      label={`Actions on ${user.name}`}
      align="end"
      trigger={
        <Button variant="ghost" icon aria-label={`Actions on ${user.name}`}>
          <Ellipsis className="i" aria-hidden="true" />
        </Button>
      }
    >
      <MenuItem disabled={own || user.atProvider} note={note} onSelect={() => onAct('role')}>
        Change the role…
      </MenuItem>
      <MenuItem disabled={own || user.atProvider} note={note} onSelect={() => onAct('password')}>
        New one-time password…
      </MenuItem>
      <MenuItem disabled={off} onSelect={() => onAct('sign out')}>
        Sign out everywhere…
      </MenuItem>
      {off ? (
        <MenuItem onSelect={() => onAct('enable')}>Enable…</MenuItem>
      ) : (
        <MenuItem disabled={own} note={own ? 'not yourself' : undefined} onSelect={() => onAct('disable')}>
          Disable…
        </MenuItem>
      )}
    </Menu>
  );
}
