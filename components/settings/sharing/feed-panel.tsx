'use client';

import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { SelectField, TextField } from '@/components/intel/fields';
import { FormDialog } from '@/components/intel/form-dialog';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { showInvisible } from '@/components/ui/format';
import { ReasonField } from '@/components/ui/reason-field';
import type { ActionResult } from '@/lib/errors';
import type { AddFeedInput, EndFeedInput, FeedRow } from '@/lib/intel/feed-schema';

export interface FeedActions {
  add: (input: AddFeedInput) => Promise<ActionResult<{ id: number }>>;
  end: (input: EndFeedInput) => Promise<ActionResult<unknown>>;
}

/** Collections of partners that the worker polls. @param actions null for readers */
export function FeedPanel({ rows, actions }: { rows: readonly FeedRow[]; actions: FeedActions | null }) {
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<FeedRow | null>(null);
  return (
    <section className="panel" id="feeds" aria-labelledby="feeds-title">
      <header>
        <h2 id="feeds-title">Feeds of partners</h2>
        <span className="small mute">TAXII 2.1 collections that are polled into the inbox</span>
        <span className="push" />
        {actions && (
          <Button onClick={() => setAdding(true)}>
            <Plus className="i" aria-hidden="true" />
            Add a feed…
          </Button>
        )}
      </header>
      {rows.length === 0 ? (
        <p className="body soft">No feed is polled.</p>
      ) : (
        <ul className="body s-form">
          {rows.map((row) => (
            <li key={row.id}>
              <div className="pv-row">
                <b>{showInvisible(row.partner)}</b>
                <span className="small mute">
                  every {row.minutes} minutes,{' '}
                  {row.polledAt ? (
                    <>
                      last <Ago at={row.polledAt} ago />
                    </>
                  ) : (
                    'not polled yet'
                  )}
                </span>
                <span className="push" />
                {actions && (
                  <Button variant="ghost" onClick={() => setEnding(row)}>
                    End…
                  </Button>
                )}
              </div>
              <p className="small mono clip">{showInvisible(row.url)}</p>
              {row.problem !== null && (
                <p className="small s-stream-problem">
                  Failed {row.failures} {row.failures === 1 ? 'time' : 'times'} in a row:{' '}
                  {showInvisible(row.problem)}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {adding && actions && <AddDialog add={actions.add} onClose={() => setAdding(false)} />}
      {ending && actions && <EndDialog feed={ending} end={actions.end} onClose={() => setEnding(null)} />}
    </section>
  );
}

function AddDialog({ add, onClose }: { add: FeedActions['add']; onClose: () => void }) {
  const id = useId();
  const [partner, setPartner] = useState('');
  const [url, setUrl] = useState('');
  const [signIn, setSignIn] = useState<AddFeedInput['signIn']>('basic');
  const [userName, setUserName] = useState('');
  const [secret, setSecret] = useState('');
  const [minutes, setMinutes] = useState(60);
  const [reason, setReason] = useState('');
  const ready = partner.trim().length >= 2 && url !== '' && reason.trim().length >= 3;
  return (
    <FormDialog
      title="Poll a partner’s collection"
      note="What is new there goes into the inbox; what names too many strangers waits for a person."
      button="Add"
      done="The feed is polled within a minute"
      input={ready ? { partner, url, signIn, userName, secret, minutes, reason } : null}
      act={add}
      onClose={onClose}
    >
      <TextField label="Partner" value={partner} onChange={setPartner} maxLength={80} />
      <TextField label="Address, up to /collections/ID/" value={url} onChange={setUrl} maxLength={500} />
      <SelectField
        label="Sign-in"
        value={signIn}
        options={[
          { value: 'basic', label: 'User and password (HTTP Basic)' },
          { value: 'bearer', label: 'Token' },
          { value: 'none', label: 'None' },
        ]}
        onChange={setSignIn}
      />
      {signIn === 'basic' && (
        <TextField label="User" value={userName} onChange={setUserName} maxLength={200} />
      )}
      {signIn !== 'none' && (
        <div className="form-row">
          <label htmlFor={id}>{signIn === 'basic' ? 'Password' : 'Token'}, kept sealed</label>
          <input
            id={id}
            className="field mono"
            type="password"
            value={secret}
            maxLength={2000}
            autoComplete="off"
            onChange={(event) => setSecret(event.target.value)}
          />
        </div>
      )}
      <SelectField
        label="Every"
        value={String(minutes)}
        options={[
          { value: '15', label: '15 minutes' },
          { value: '60', label: 'hour' },
          { value: '360', label: '6 hours' },
          { value: '1440', label: 'day' },
        ]}
        onChange={(value) => setMinutes(Number(value))}
      />
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  );
}

function EndDialog({ feed, end, onClose }: { feed: FeedRow; end: FeedActions['end']; onClose: () => void }) {
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={`Stop polling ${showInvisible(feed.partner)}?`}
      note="What came from it stays until it is over."
      button="End"
      done="Ended"
      input={reason.trim().length >= 3 ? { feedId: feed.id, reason } : null}
      act={end}
      onClose={onClose}
    >
      <ReasonField value={reason} onChange={setReason} autoFocus />
    </FormDialog>
  );
}
