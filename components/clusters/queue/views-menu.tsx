'use client';

import { Bookmark } from 'lucide-react';
import { useId, useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { showInvisible } from '@/components/ui/format';
import { LOST_CONNECTION } from '@/components/ui/lost-connection';
import { Menu, MenuItem, MenuLabel, MenuLine } from '@/components/ui/menu';
import { ProblemNote } from '@/components/ui/problem-note';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import type { SavedView, SaveViewInput } from '@/lib/clusters/queue-schema';
import type { ActionResult } from '@/lib/errors';

export interface ViewActions {
  save: (input: SaveViewInput) => Promise<ActionResult<{ id: number }>>;
  remove: (input: { viewId: number }) => Promise<ActionResult>;
}

/** Filters kept under a name: one's own and what others share. */
export function ViewsMenu({
  views,
  current,
  query,
  actions,
  onChoose,
}: {
  views: SavedView[];
  /** The one whose filter is set. */
  current: SavedView | undefined;
  query: string;
  actions: ViewActions;
  onChoose: (view: SavedView) => void;
}) {
  const { person } = useDesk();
  const [saving, setSaving] = useState(false);
  const own = current?.owner.id === person.id ? current : undefined;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      toast.success('Link to this view copied');
    } catch {
      toast.error(`The browser did not allow copying: ${location.href}`);
    }
  };
  const remove = async (view: SavedView) => {
    const result = await actions.remove({ viewId: view.id }).catch(() => null);
    if (result?.ok) toast.success(`“${showInvisible(view.name)}” is removed`);
    else toast.error(result?.message ?? LOST_CONNECTION);
  };
  return (
    <>
      <Menu
        label="Saved views"
        trigger={
          <Button variant="ghost" icon className="low" aria-label="Saved views" title="Saved views">
            <Bookmark className="i i-s" aria-hidden="true" />
          </Button>
        }
      >
        {views.length === 0 && <MenuLabel>No view is saved yet</MenuLabel>}
        {views.map((view) => (
          <MenuItem
            key={view.id}
            onSelect={() => onChoose(view)}
            note={view.owner.id === person.id ? view.shared && 'shared' : showInvisible(view.owner.name)}
          >
            <span className="clip qv-name">{showInvisible(view.name)}</span>
          </MenuItem>
        ))}
        <MenuLine />
        <MenuItem disabled={query === ''} onSelect={() => setSaving(true)}>
          {query === '' ? 'Save this view: set a filter first' : 'Save this view…'}
        </MenuItem>
        <MenuItem onSelect={() => void copy()}>Copy link to this view</MenuItem>
        {own && (
          <MenuItem onSelect={() => void remove(own)}>
            <span className="clip qv-name">Remove “{showInvisible(own.name)}”</span>
          </MenuItem>
        )}
      </Menu>
      {saving && <SaveView query={query} own={own} save={actions.save} onClose={() => setSaving(false)} />}
    </>
  );
}

function SaveView({
  query,
  own,
  save,
  onClose,
}: {
  query: string;
  own: SavedView | undefined;
  save: ViewActions['save'];
  onClose: () => void;
}) {
  const { may } = useDesk();
  const [name, setName] = useState(own?.name ?? '');
  const [shared, setShared] = useState(own?.shared ?? false);
  const { run, busy, problem } = useAct(save);
  const nameId = useId();
  const submit = async () => {
    if (name.trim() === '' || busy || !(await run({ name, query, shared }))) return;
    toast.success(`“${showInvisible(name.trim())}” is saved`);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Save this view"
      note="Keeps the filters and the order. Saving under a name of yours again takes its place."
      footer={
        <>
          <span className="push" />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={name.trim() === ''} onClick={() => void submit()}>
            Save
          </Button>
        </>
      }
    >
      <div className="form-row">
        <label htmlFor={nameId}>Name</label>
        <input
          id={nameId}
          className="field"
          value={name}
          maxLength={60}
          autoFocus
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && void submit()}
        />
      </div>
      {may('view.share') && (
        <label className="p-check small">
          <input type="checkbox" checked={shared} onChange={(event) => setShared(event.target.checked)} />
          <span>Offer it to everybody</span>
        </label>
      )}
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
