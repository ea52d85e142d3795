'use client';

import { useState } from 'react';
import { TypedText } from '@/components/clusters/cluster/typed-text';
import { useDesk } from '@/components/shell/desk-context';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { showInvisible } from '@/components/ui/format';
import type { ActionResult } from '@/lib/errors';
import { campaignRef, confidenceWords } from '@/lib/intel/rules';
import type { CampaignDetail, EditCampaignInput } from '@/lib/intel/schema';
import { LinesField, TextField } from './fields';
import { FormDialog } from './form-dialog';

type Edit = (input: EditCampaignInput) => Promise<ActionResult<unknown>>;

/** What it is called, who opened it, what it does, and who is believed to be behind it. */
export function CampaignHeader({ campaign, edit }: { campaign: CampaignDetail; edit: Edit }) {
  const { may } = useDesk();
  const [editing, setEditing] = useState(false);
  return (
    <section className="cl-hero" aria-labelledby="campaign-name">
      <div className="cl-hero-top">
        <div className="cl-name">
          <h1 id="campaign-name">{showInvisible(campaign.name)}</h1>
          <span className="mute">{campaignRef(campaign.id)}</span>
          <span className="small soft">
            opened by {showInvisible(campaign.createdBy.name)} <Ago at={campaign.createdAt} ago />
          </span>
        </div>
        {may('campaign.manage') && <Button onClick={() => setEditing(true)}>Edit…</Button>}
      </div>
      {campaign.summary === '' ? (
        <p className="soft cl-against">No summary yet.</p>
      ) : (
        <div className="in-summary">
          <TypedText>{campaign.summary}</TypedText>
        </div>
      )}
      <p className="small soft cl-against">{attributionSentence(campaign)}</p>
      {editing && <EditDialog campaign={campaign} edit={edit} onClose={() => setEditing(false)} />}
    </section>
  );
}

function attributionSentence({ hypotheses }: CampaignDetail): string {
  const standing = hypotheses.filter(({ state }) => state !== 'withdrawn');
  const attributed = standing.find(({ state }) => state === 'attributed');
  if (attributed) {
    const others = standing.length - 1;
    const beside =
      others === 0 ? '' : `; ${others} other ${others === 1 ? 'hypothesis stands' : 'hypotheses stand'}`;
    return `Attributed to ${showInvisible(attributed.actor.name)} with confidence ${attributed.confidence} of 100 (${confidenceWords(attributed.confidence)})${beside}. No action on an account rests on it.`;
  }
  if (standing.length === 0) return 'Attributed to nobody. No action on an account needs that.';
  return `Attributed to nobody: ${standing.length === 1 ? 'one hypothesis stands' : `${standing.length} hypotheses compete`}. No action on an account needs more.`;
}

function EditDialog({
  campaign,
  edit,
  onClose,
}: {
  campaign: CampaignDetail;
  edit: Edit;
  onClose: () => void;
}) {
  const [name, setName] = useState(campaign.name);
  const [summary, setSummary] = useState(campaign.summary);
  const { id, textVersion } = campaign;
  return (
    <FormDialog
      title="Edit the campaign"
      note="The audit keeps what stood there before."
      button="Save"
      done="Saved"
      input={name.trim().length >= 2 ? { campaignId: id, name, summary, textVersion } : null}
      act={edit}
      onClose={onClose}
    >
      <TextField label="Name" value={name} onChange={setName} maxLength={80} />
      <LinesField label="Summary" value={summary} onChange={setSummary} />
    </FormDialog>
  );
}
