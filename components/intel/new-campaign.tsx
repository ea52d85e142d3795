'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import type { ActionResult } from '@/lib/errors';
import type { CreateCampaignInput } from '@/lib/intel/schema';
import { LinesField, TextField } from './fields';
import { FormDialog } from './form-dialog';

/** Opens a campaign without a cluster. */
export function NewCampaign({
  create,
}: {
  create: (input: CreateCampaignInput) => Promise<ActionResult<{ id: number }>>;
}) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [summary, setSummary] = useState('');
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open a campaign…</Button>
      {open && (
        <FormDialog
          title="Open a campaign"
          note="It gathers the clusters of one operation. No account is touched by it."
          button="Open"
          done="The campaign is open"
          input={name.trim().length >= 2 ? { name, summary } : null}
          act={create}
          onDone={({ id }) => router.push(`/campaigns/${id}`)}
          onClose={() => setOpen(false)}
        >
          <TextField label="Name" value={name} onChange={setName} maxLength={80} />
          <LinesField
            label="Summary"
            value={summary}
            onChange={setSummary}
            placeholder="What it does and how it shows"
          />
        </FormDialog>
      )}
    </>
  );
}
