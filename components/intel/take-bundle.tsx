'use client';

import { Import } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatOf, showInvisible } from '@/components/ui/format';
import type { ActionResult } from '@/lib/errors';
import type { ImportReport } from '@/lib/intel/partner-schema';
import { TextField } from './fields';
import { FormDialog } from './form-dialog';

/** Takes in a partner's bundle as a file. */
export function TakeBundle() {
  const router = useRouter();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [partner, setPartner] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [done, setDone] = useState<ImportReport | null>(null);
  const send = async (): Promise<ActionResult<ImportReport>> => {
    const query = new URLSearchParams({ partner, file: file?.name ?? '' });
    const answer = await fetch(`/api/intel/imports?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/stix+json' },
      body: file,
    });
    const body = await answer.json();
    if (answer.ok) return { ok: true, value: body };
    return { ok: false, code: body.code, message: body.message, errorId: body.errorId };
  };
  return (
    <>
      {done && (
        <span className="small soft" role="status">
          {formatOf(done.indicators, 'indicator')} of {showInvisible(done.partner)},{' '}
          {formatOf(done.held, 'value')} held
        </span>
      )}
      <Button onClick={() => setOpen(true)}>
        <Import className="i" aria-hidden="true" />
        Take in a bundle…
      </Button>
      {open && (
        <FormDialog
          title="Take in a partner’s bundle"
          note="STIX 2.1 as JSON. It is compared with the store within minutes; what names too many strangers waits for a person."
          button="Take in"
          done="Taken in"
          input={partner.trim().length >= 2 && file ? {} : null}
          act={send}
          onDone={(report) => {
            setDone(report);
            router.refresh();
          }}
          onClose={() => setOpen(false)}
        >
          <TextField label="Partner" value={partner} onChange={setPartner} maxLength={80} />
          <div className="form-row">
            <label htmlFor={id}>File</label>
            <input
              id={id}
              type="file"
              accept=".json,.gz,application/json,application/stix+json"
              onChange={(event) => setFile(event.target.files?.[0] ?? null)}
            />
          </div>
        </FormDialog>
      )}
    </>
  );
}
