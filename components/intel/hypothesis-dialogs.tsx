'use client';

import { useState } from 'react';
import { showInvisible } from '@/components/ui/format';
import { ReasonField } from '@/components/ui/reason-field';
import { clusterRef } from '@/lib/clusters/rules';
import { attributionObjection } from '@/lib/intel/rules';
import type {
  EvidenceItem,
  EvidenceSide,
  GatheredCluster,
  HypothesisDetail,
  HypothesisState,
} from '@/lib/intel/schema';
import type { AttributionActions } from './attribution-section';
import { ConfidenceField, LinesField, SelectField } from './fields';
import { FormDialog } from './form-dialog';

/** How sure one is now. */
export function AssessDialog({
  hypothesis,
  assess,
  onClose,
}: {
  hypothesis: HypothesisDetail;
  assess: AttributionActions['assess'];
  onClose: () => void;
}) {
  const [state, setState] = useState<HypothesisState>(hypothesis.state);
  const [confidence, setConfidence] = useState(hypothesis.confidence);
  const [reason, setReason] = useState('');
  const evidence = hypothesis.evidence.map(({ side, withdrawn }) => ({
    side,
    withdrawn: withdrawn !== null,
  }));
  const objection = state === 'attributed' ? attributionObjection(evidence, confidence) : null;
  const changed = state !== hypothesis.state || confidence !== hypothesis.confidence;
  const ready = changed && objection === null && reason.trim().length >= 3;
  return (
    <FormDialog
      title={`How sure are you of ${showInvisible(hypothesis.actor.name)}?`}
      note="What was thought before stays in its history. No action on an account rests on it."
      button="Save"
      done="The assessment is saved"
      input={
        ready
          ? { hypothesisId: hypothesis.id, revision: hypothesis.revision, state, confidence, reason }
          : null
      }
      act={assess}
      onClose={onClose}
    >
      <SelectField
        label="It is"
        value={state}
        options={[
          { value: 'standing', label: 'A hypothesis among others' },
          { value: 'attributed', label: 'What the campaign is attributed to' },
          { value: 'withdrawn', label: 'Withdrawn' },
        ]}
        onChange={setState}
      />
      <ConfidenceField value={confidence} onChange={setConfidence} />
      {objection && <p className="small soft">{objection}</p>}
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  );
}

/** What speaks for or against it. */
export function AddDialog({
  hypothesis,
  side,
  clusters,
  add,
  onClose,
}: {
  hypothesis: HypothesisDetail;
  side: EvidenceSide;
  clusters: GatheredCluster[];
  add: AttributionActions['add'];
  onClose: () => void;
}) {
  const [body, setBody] = useState('');
  const [cluster, setCluster] = useState('');
  const input = {
    hypothesisId: hypothesis.id,
    side,
    body,
    ...(cluster !== '' && { clusterId: Number(cluster) }),
  };
  return (
    <FormDialog
      title={`What speaks ${side} ${showInvisible(hypothesis.actor.name)}?`}
      note="Say where it comes from, so that others can weigh it."
      button="Add"
      done="Written down"
      input={body.trim().length >= 3 ? input : null}
      act={add}
      onClose={onClose}
    >
      <LinesField label="Evidence" value={body} onChange={setBody} />
      {clusters.length > 0 && (
        <SelectField
          label="Shown by"
          value={cluster}
          options={[
            { value: '', label: 'Something outside these clusters' },
            ...clusters.map(({ id, name }) => ({ value: String(id), label: `${name}, ${clusterRef(id)}` })),
          ]}
          onChange={setCluster}
        />
      )}
    </FormDialog>
  );
}

/** Takes evidence back. */
export function WithdrawDialog({
  item,
  withdraw,
  onClose,
}: {
  item: EvidenceItem;
  withdraw: AttributionActions['withdraw'];
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title="Withdraw this evidence?"
      note="It stays readable, struck out, with your reason."
      button="Withdraw"
      done="Withdrawn"
      input={reason.trim().length >= 3 ? { evidenceId: item.id, reason } : null}
      act={withdraw}
      onClose={onClose}
    >
      <p className="soft said-text">{showInvisible(item.body)}</p>
      <ReasonField value={reason} onChange={setReason} autoFocus />
    </FormDialog>
  );
}
