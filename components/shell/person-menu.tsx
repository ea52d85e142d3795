'use client';

import { KeyRound, LogOut } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { signOutAction } from '@/app/(desk)/settings/sign-in/actions';
import { Avatar } from '@/components/ui/avatar';
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuLine } from '@/components/ui/menu';
import { toast } from '@/components/ui/toast';
import type { Role } from '@/lib/access/schema';
import { useDesk } from './desk-context';
import { leaveDesk } from './leave-desk';
import { chooseTheme, chosenTheme, THEMES, type Theme } from './theme';

const ROLE_LABELS: Record<Role, string> = {
  viewer: 'Viewer',
  analyst: 'Analyst',
  approver: 'Approver',
  admin: 'Admin',
  auditor: 'Auditor',
};

const THEME_LABELS: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };

/** Who is signed in, as what; theme and sign-out behind it. */
export function PersonMenu() {
  const { person } = useDesk();
  const router = useRouter();
  // The session first: a cookie that is only taken away would still open the door for whoever has a copy.
  const signOut = async () => {
    const result = await signOutAction().catch(() => null);
    if (result?.ok) await leaveDesk();
    else toast.error(result?.message ?? 'Not signed out: the connection was lost. Try again.');
  };
  return (
    <Menu
      label={`Signed in as ${person.name}`}
      side="top"
      trigger={
        <button type="button" className="me" title={`${person.name}, ${ROLE_LABELS[person.role]}`}>
          <Avatar name={person.name} you label={false} />
          <div className="clip">
            <span className="me-name">{person.name}</span>
            <br />
            <span className="small mute">{ROLE_LABELS[person.role]}</span>
          </div>
          <span className="vh">Account menu</span>
        </button>
      }
    >
      <MenuLabel>{person.email}</MenuLabel>
      <MenuLine />
      <ThemeItems />
      <MenuLine />
      <MenuItem onSelect={() => router.push('/settings/sign-in')}>
        <KeyRound className="i i-s" aria-hidden="true" />
        Your sign-in
      </MenuItem>
      <MenuItem onSelect={() => void signOut()}>
        <LogOut className="i i-s" aria-hidden="true" />
        Sign out
      </MenuItem>
    </Menu>
  );
}

/** Mounted when the menu opens, so it reads the cookie in the browser only. */
function ThemeItems() {
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <>
      <MenuLabel>Theme</MenuLabel>
      {THEMES.map((each) => (
        <MenuCheck
          key={each}
          stay
          checked={theme === each}
          onCheckedChange={() => {
            chooseTheme(each);
            setTheme(each);
          }}
        >
          {THEME_LABELS[each]}
        </MenuCheck>
      ))}
    </>
  );
}
