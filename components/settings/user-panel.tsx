'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Ago } from '@/components/ui/ago';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { showInvisible } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { UserRow } from '@/lib/access/schema';
import type { ActionResult } from '@/lib/errors';
import { type AddUserAction, AddUserDialog } from './add-user-dialog';
import { ConfirmDialog } from './confirm-dialog';
import { type ResetAction, ResetDialog } from './reset-dialog';
import { type RoleAction, RoleDialog } from './role-dialog';
import { ROLE_NOTES } from './roles';
import { type UserAct, UserMenu } from './user-menu';

type DisableAction = (input: { userId: number; disabled: boolean }) => Promise<ActionResult<unknown>>;

/** Who may sign in, and as what. */
export function UserPanel({
  users,
  add,
  setDisabled,
  setRole,
  signOut,
  reset,
}: {
  users: UserRow[];
  add: AddUserAction;
  setDisabled: DisableAction;
  setRole: RoleAction;
  signOut: (input: { userId: number }) => Promise<ActionResult<unknown>>;
  reset: ResetAction;
}) {
  const { person } = useDesk();
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<{ user: UserRow; act: UserAct } | null>(null);
  const close = () => setAsked(null);
  return (
    <section className="panel" id="users" aria-labelledby="users-title">
      <header>
        <h2 id="users-title">Users</h2>
        <span className="small mute">{users.filter((user) => !user.disabledAt).length} can sign in</span>
        <span className="push" />
        <Button onClick={() => setAdding(true)}>
          <Plus className="i" aria-hidden="true" />
          Add a user…
        </Button>
      </header>
      <table className="grid rows-40 plain s-users">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">State</th>
            <th scope="col" className="num">
              Last sign-in
            </th>
            <th scope="col" className="num">
              Added
            </th>
            <th scope="col">
              <span className="vh">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr key={user.id} className={user.disabledAt ? 's-off' : undefined}>
              <td>
                <span className="s-who">
                  <Avatar name={user.name} you={user.id === person.id} label={false} />
                  <span className="s-name">
                    <RawText>{user.name}</RawText>
                    <RawText className="small mute">{user.email}</RawText>
                  </span>
                </span>
              </td>
              <td title={ROLE_NOTES[user.role].note}>
                {ROLE_NOTES[user.role].label}
                {user.atProvider && <span className="small mute"> by the identity provider</span>}
              </td>
              <td>
                {user.disabledAt ? (
                  <>
                    Disabled{' '}
                    <span className="small mute">
                      <Ago at={user.disabledAt} ago />
                    </span>
                  </>
                ) : (
                  <span className="soft">Active</span>
                )}
              </td>
              <td className="num soft">{user.lastSignInAt ? <Ago at={user.lastSignInAt} ago /> : 'never'}</td>
              <td className="num soft">
                <Ago at={user.createdAt} ago />
              </td>
              <td className="num">
                <UserMenu user={user} own={user.id === person.id} onAct={(act) => setAsked({ user, act })} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {adding && <AddUserDialog add={add} onClose={() => setAdding(false)} />}
      {asked?.act === 'role' && <RoleDialog user={asked.user} setRole={setRole} onClose={close} />}
      {asked?.act === 'password' && <ResetDialog user={asked.user} reset={reset} onClose={close} />}
      {asked?.act === 'sign out' && (
        <ConfirmDialog
          title={`Sign ${showInvisible(asked.user.name)} out everywhere?`}
          note="Every session of theirs ends at its next request. They can sign in again."
          button="Sign out everywhere"
          done={`${showInvisible(asked.user.name)} is signed out everywhere`}
          input={{ userId: asked.user.id }}
          action={signOut}
          onClose={close}
        />
      )}
      {(asked?.act === 'disable' || asked?.act === 'enable') && (
        <ConfirmDialog
          title={`${asked.act === 'disable' ? 'Disable' : 'Enable'} ${showInvisible(asked.user.name)}?`}
          note={
            asked.act === 'disable'
              ? 'Their sessions end at the next request and they cannot sign in. What they did stays; clusters they claimed stay claimed until released.'
              : 'They can sign in again as before. A lock after failed sign-ins is lifted.'
          }
          button={asked.act === 'disable' ? 'Disable' : 'Enable'}
          done={`${showInvisible(asked.user.name)} ${asked.act === 'disable' ? 'is disabled' : 'can sign in again'}`}
          input={{ userId: asked.user.id, disabled: asked.act === 'disable' }}
          action={setDisabled}
          onClose={close}
        />
      )}
    </section>
  );
}
