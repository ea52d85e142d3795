'use client';

import { useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Button } from '@/components/ui/button';
import { showInvisible } from '@/components/ui/format';
import { ReasonField } from '@/components/ui/reason-field';
import type { ActionResult } from '@/lib/errors';
import type {
  AddEvidenceInput,
  AssessInput,
  CampaignDetail,
  SupposeInput,
  WithdrawEvidenceInput,
} from '@/lib/intel/schema';
import { ConfidenceField, TextField } from './fields';
import { FormDialog } from './form-dialog';
import { Hypothesis } from './hypothesis';

export interface AttributionActions {
  suppose: (input: SupposeInput) => Promise<ActionResult<unknown>>;
  assess: (input: AssessInput) => Promise<ActionResult<unknown>>;
  add: (input: AddEvidenceInput) => Promise<ActionResult<unknown>>;
  withdraw: (input: WithdrawEvidenceInput) => Promise<ActionResult<unknown>>;
}

/** Who may be behind it: hypotheses beside each other, each with what speaks for and against it. */
export function AttributionSection({
  campaign,
  actions,
}: {
  campaign: CampaignDetail;
  actions: AttributionActions;
}) {
  const { may } = useDesk();
  const [supposing, setSupposing] = useState(false);
  return (
    <section className="sec" id="attribution" aria-labelledby="attribution-title">
      <header>
        <h2 id="attribution-title">Attribution</h2>
        <span className="small mute">apart from enforcement: no ban rests on it</span>
        <span className="push" />
        {may('campaign.manage') && <Button onClick={() => setSupposing(true)}>Add a hypothesis…</Button>}
      </header>
      {campaign.hypotheses.length === 0 ? (
        <p className="cl-none">
          Nobody is supposed to be behind it. A hypothesis names an actor and says why.
        </p>
      ) : (
        <div className="in-hypotheses">
          {campaign.hypotheses.map((hypothesis) => (
            <Hypothesis
              key={hypothesis.id}
              hypothesis={hypothesis}
              clusters={campaign.clusters}
              actions={actions}
            />
          ))}
        </div>
      )}
      {supposing && (
        <SupposeDialog campaign={campaign} suppose={actions.suppose} onClose={() => setSupposing(false)} />
      )}
    </section>
  );
}

function SupposeDialog({
  campaign,
  suppose,
  onClose,
}: {
  campaign: CampaignDetail;
  suppose: AttributionActions['suppose'];
  onClose: () => void;
}) {
  const [actorName, setActorName] = useState('');
  const [confidence, setConfidence] = useState(25);
  const [reason, setReason] = useState('');
  const ready = actorName.trim().length >= 2 && reason.trim().length >= 3;
  return (
    <FormDialog
      title="Who may be behind it?"
      note="Competes with the other hypotheses. The campaign is attributed to it only when somebody says so, with evidence for it."
      button="Add"
      done="The hypothesis stands"
      input={ready ? { campaignId: campaign.id, actorName, confidence, reason } : null}
      act={suppose}
      onClose={onClose}
    >
      <TextField
        label="Actor"
        value={actorName}
        onChange={setActorName}
        maxLength={80}
        choices={campaign.actors.map(showInvisible)}
      />
      <ConfidenceField value={confidence} onChange={setConfidence} />
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  );
}
