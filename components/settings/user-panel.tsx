'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { useDesk } from '@/components/shell/desk-context';
import { Ago } from '@/components/ui/ago';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { showInvisible } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import { Refused } from '@/components/ui/tooltip';
import type { UserRow } from '@/lib/access/schema';
import type { ActionResult } from '@/lib/errors';
import { type AddUserAction, AddUserDialog } from './add-user-dialog';
import { ConfirmDialog } from './confirm-dialog';
import { ROLE_NOTES } from './roles';

type DisableAction = (input: { userId: number; disabled: boolean }) => Promise<ActionResult<unknown>>;

/** Who may sign in, and as what. */
export function UserPanel({
  users,
  add,
  setDisabled,
}: {
  users: UserRow[];
  add: AddUserAction;
  setDisabled: DisableAction;
}) {
  const { person } = useDesk();
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<UserRow | null>(null);
  const enable = async (user: UserRow) => {
    const result = await setDisabled({ userId: user.id, disabled: false }).catch(() => null);
    if (result?.ok) toast.success(`${showInvisible(user.name)} can sign in again`);
    else toast.error(result?.message ?? 'Not saved: the connection was lost. Try again.');
  };
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
              <td title={ROLE_NOTES[user.role].note}>{ROLE_NOTES[user.role].label}</td>
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
                {user.disabledAt ? (
                  <Button onClick={() => enable(user)} aria-label={`Enable ${user.name}`}>
                    Enable
                  </Button>
                ) : user.id === person.id ? (
                  <Refused reason="You cannot disable yourself. Ask another administrator.">
                    <Button disabled>Disable…</Button>
                  </Refused>
                ) : (
                  <Button onClick={() => setAsked(user)} aria-label={`Disable ${user.name}…`}>
                    Disable…
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {adding && <AddUserDialog add={add} onClose={() => setAdding(false)} />}
      {asked && (
        <ConfirmDialog
          title={`Disable ${showInvisible(asked.name)}?`}
          note="Their session ends at the next request and they cannot sign in. What they did stays; clusters they claimed stay claimed until released."
          button="Disable"
          done={`${showInvisible(asked.name)} is disabled`}
          input={{ userId: asked.id, disabled: true }}
          action={setDisabled}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}
