'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { SelectField, TextField } from '@/components/intel/fields';
import { FormDialog } from '@/components/intel/form-dialog';
import { TLP_NOTES, tlpLabel } from '@/components/intel/share-words';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { formatOf, showInvisible } from '@/components/ui/format';
import type { ActionResult } from '@/lib/errors';
import type { CollectionInput, CollectionRow, GrantInput } from '@/lib/intel/partner-schema';
import { TLPS } from '@/lib/intel/share-schema';

export interface CollectionActions {
  add: (input: CollectionInput) => Promise<ActionResult<{ id: string }>>;
  grant: (input: GrantInput) => Promise<ActionResult<unknown>>;
}

/** TAXII collections under /taxii2/, and which keys may read or write them. @param actions null for readers */
export function CollectionPanel({
  rows,
  keys,
  actions,
}: {
  rows: readonly CollectionRow[];
  keys: readonly { id: number; name: string; prefix: string }[];
  actions: CollectionActions | null;
}) {
  const [adding, setAdding] = useState(false);
  const [granting, setGranting] = useState<CollectionRow | null>(null);
  return (
    <section className="panel" id="collections" aria-labelledby="collections-title">
      <header>
        <h2 id="collections-title">TAXII collections</h2>
        <span className="small mute">
          TAXII 2.1 under /taxii2/; partners sign in with an API key, which then sends no records
        </span>
        <span className="push" />
        {actions && (
          <Button onClick={() => setAdding(true)}>
            <Plus className="i" aria-hidden="true" />
            Add a collection…
          </Button>
        )}
      </header>
      {rows.length === 0 ? (
        <p className="body soft">There is none: nothing is served, and nobody can write.</p>
      ) : (
        <ul className="body s-form">
          {rows.map((row) => (
            <li key={row.id}>
              <div className="pv-row">
                <b>{showInvisible(row.title)}</b>
                <span className="small mute">
                  up to {tlpLabel(row.tlp)}, {formatOf(row.objects, 'object')}
                </span>
                <span className="push" />
                {actions && (
                  <Button variant="ghost" onClick={() => setGranting(row)}>
                    Let a key in…
                  </Button>
                )}
              </div>
              {row.description !== '' && <p className="soft">{showInvisible(row.description)}</p>}
              <p className="small mono">
                /taxii2/api/collections/{row.id}/ <CopyButton text={row.id} label="Copy the id" />
              </p>
              <p className="small mute">
                {row.grants.length === 0
                  ? 'No key may read or write it.'
                  : row.grants
                      .map(
                        ({ key, mayRead, mayWrite }) =>
                          `${showInvisible(key)} ${mayRead && mayWrite ? 'reads and writes' : mayRead ? 'reads' : 'writes'}`,
                      )
                      .join(', ')}
              </p>
            </li>
          ))}
        </ul>
      )}
      {adding && actions && <AddDialog add={actions.add} onClose={() => setAdding(false)} />}
      {granting && actions && (
        <GrantDialog row={granting} keys={keys} grant={actions.grant} onClose={() => setGranting(null)} />
      )}
    </section>
  );
}

function AddDialog({ add, onClose }: { add: CollectionActions['add']; onClose: () => void }) {
  const [title, setTitle] = useState('');
  const [description, setDescription] = useState('');
  const [tlp, setTlp] = useState<NonNullable<CollectionInput['tlp']>>('amber');
  return (
    <FormDialog
      title="Add a TAXII collection"
      note="Nobody can read it before a key is let in. TLP:RED is never served: it is for people who were named."
      button="Add"
      done="The collection is there"
      input={title.trim().length >= 2 ? { title, description, tlp } : null}
      act={add}
      onClose={onClose}
    >
      <TextField label="Title" value={title} onChange={setTitle} maxLength={80} />
      <TextField label="Description" value={description} onChange={setDescription} maxLength={500} />
      <SelectField
        label="Serves at most"
        value={tlp}
        options={TLPS.filter((each) => each !== 'red').map((each) => ({
          value: each,
          label: `${tlpLabel(each)}: ${TLP_NOTES[each]}`,
        }))}
        onChange={setTlp}
      />
    </FormDialog>
  );
}

const RIGHTS = {
  read: { label: 'Read', mayRead: true, mayWrite: false },
  write: { label: 'Write into the inbox', mayRead: false, mayWrite: true },
  both: { label: 'Read, and write into the inbox', mayRead: true, mayWrite: true },
  none: { label: 'Nothing any more', mayRead: false, mayWrite: false },
} as const;

function GrantDialog({
  row,
  keys,
  grant,
  onClose,
}: {
  row: CollectionRow;
  keys: readonly { id: number; name: string; prefix: string }[];
  grant: CollectionActions['grant'];
  onClose: () => void;
}) {
  const [key, setKey] = useState(String(keys[0]?.id ?? ''));
  const [right, setRight] = useState<keyof typeof RIGHTS>('read');
  const { mayRead, mayWrite } = RIGHTS[right];
  return (
    <FormDialog
      title={`Who may use ${showInvisible(row.title)}?`}
      note="A key that may do anything here sends no records from then on: give each partner one of its own."
      button="Save"
      done="Saved"
      input={key === '' ? null : { collectionId: row.id, keyId: Number(key), mayRead, mayWrite }}
      act={grant}
      onClose={onClose}
    >
      {keys.length === 0 ? (
        <p className="soft">There is no key in use. Make one under General, API keys.</p>
      ) : (
        <SelectField
          label="Key"
          value={key}
          options={keys.map(({ id, name, prefix }) => ({
            value: String(id),
            label: `${showInvisible(name)}, ${prefix}…`,
          }))}
          onChange={setKey}
        />
      )}
      <SelectField
        label="It may"
        value={right}
        options={(Object.keys(RIGHTS) as (keyof typeof RIGHTS)[]).map((value) => ({
          value,
          label: RIGHTS[value].label,
        }))}
        onChange={setRight}
      />
    </FormDialog>
  );
}
