'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { showInvisible } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { ApiKeyRow } from '@/lib/access/schema';
import type { ActionResult } from '@/lib/errors';
import { type AddKeyAction, AddKeyDialog } from './add-key-dialog';
import { ConfirmDialog } from './confirm-dialog';
import { KeyEnd, KeyMenu } from './key-menu';
import { type RotateKeyAction, RotateKeyDialog } from './rotate-key-dialog';

/** Keys with which machines come. */
export function KeyPanel({
  keys,
  add,
  rotate,
  revoke,
}: {
  keys: ApiKeyRow[];
  add: AddKeyAction;
  rotate: RotateKeyAction;
  revoke: (input: { keyId: number }) => Promise<ActionResult<unknown>>;
}) {
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<ApiKeyRow | null>(null);
  const [replacing, setReplacing] = useState<ApiKeyRow | null>(null);
  return (
    <section className="panel" id="keys" aria-labelledby="keys-title">
      <header>
        <h2 id="keys-title">API keys</h2>
        <span className="small mute">for machines; only a hash is kept</span>
        <span className="push" />
        <Button onClick={() => setAdding(true)}>
          <Plus className="i" aria-hidden="true" />
          Add a key…
        </Button>
      </header>
      {keys.length === 0 ? (
        <p className="body soft">
          No key yet. Records can come in by the command line; over HTTP they need a key.
        </p>
      ) : (
        <table className="grid rows-32 plain s-keys">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Begins with</th>
              <th scope="col">Made by</th>
              <th scope="col">Opens</th>
              <th scope="col">State</th>
              <th scope="col" className="num">
                Last used
              </th>
              <th scope="col" className="num">
                Made
              </th>
              <th scope="col">
                <span className="vh">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <tr key={key.id} className={key.revokedAt ? 's-off' : undefined}>
                <td>
                  <RawText>{key.name}</RawText>
                </td>
                <td className="mono">{key.prefix}…</td>
                <td className="soft">{key.createdBy ?? 'the command line'}</td>
                <td className="soft">{key.scopes.join(', ')}</td>
                <td>
                  {key.revokedAt ? (
                    <>
                      Revoked{' '}
                      <span className="small mute">
                        <Ago at={key.revokedAt} ago />
                      </span>
                    </>
                  ) : (
                    <KeyEnd expiresAt={key.expiresAt} replaced={key.replaced} />
                  )}
                </td>
                <td className="num soft">{key.lastUsedAt ? <Ago at={key.lastUsedAt} ago /> : 'never'}</td>
                <td className="num soft">
                  <Ago at={key.createdAt} ago />
                </td>
                <td className="num">
                  {!key.revokedAt && (
                    <KeyMenu row={key} onReplace={() => setReplacing(key)} onRevoke={() => setAsked(key)} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {replacing && <RotateKeyDialog row={replacing} rotate={rotate} onClose={() => setReplacing(null)} />}
      {adding && <AddKeyDialog add={add} onClose={() => setAdding(false)} />}
      {asked && (
        <ConfirmDialog
          title={`Revoke the key “${showInvisible(asked.name)}”?`}
          note="Whoever uses it is refused from the next request on. It cannot be brought back; make a new one first if records must not stop."
          button="Revoke"
          done={`The key “${showInvisible(asked.name)}” is revoked`}
          input={{ keyId: asked.id }}
          action={revoke}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}
