'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Button } from '@/components/ui/button';
import { showInvisible } from '@/components/ui/format';
import { ReasonField } from '@/components/ui/reason-field';
import type { ActionResult } from '@/lib/errors';
import { campaignRef } from '@/lib/intel/rules';
import type {
  AssignClusterInput,
  CampaignRef,
  ClusterCampaign,
  CreateCampaignInput,
} from '@/lib/intel/schema';
import { LinesField, SelectField, TextField } from './fields';
import { FormDialog } from './form-dialog';

export interface CampaignChoiceActions {
  assign: (input: AssignClusterInput) => Promise<ActionResult<unknown>>;
  create: (input: CreateCampaignInput) => Promise<ActionResult<{ id: number }>>;
}

interface Props extends ClusterCampaign {
  cluster: { id: number; name: string; status: string };
  actions: CampaignChoiceActions;
}

/** The campaign that a cluster is in, and the way into another. */
export function CampaignChoice({ cluster, current, choices, actions }: Props) {
  const { may } = useDesk();
  const [open, setOpen] = useState<'move' | 'new' | null>(null);
  const free = may('campaign.manage') && (cluster.status !== 'dismissed' || current !== null);
  return (
    <>
      {current ? (
        <p>
          <Link className="link" href={`/campaigns/${current.id}`}>
            {showInvisible(current.name)}
          </Link>{' '}
          <span className="mute small">{campaignRef(current.id)}</span>
        </p>
      ) : (
        <p className="small mute">In no campaign.</p>
      )}
      {free && (
        <div className="in-row">
          {(choices.length > 0 || current) && (
            <Button onClick={() => setOpen('move')}>{current ? 'Change…' : 'Add to a campaign…'}</Button>
          )}
          {!current && (
            <Button variant={choices.length > 0 ? 'ghost' : 'plain'} onClick={() => setOpen('new')}>
              Open a campaign…
            </Button>
          )}
        </div>
      )}
      {open === 'move' && (
        <MoveDialog
          cluster={cluster}
          current={current}
          choices={choices}
          actions={actions}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'new' && <NewDialog cluster={cluster} actions={actions} onClose={() => setOpen(null)} />}
    </>
  );
}

const NONE = 'none';

function MoveDialog({
  cluster,
  current,
  choices,
  actions,
  onClose,
}: Pick<Props, 'cluster' | 'choices' | 'actions'> & { current: CampaignRef | null; onClose: () => void }) {
  const others = choices.filter(({ id }) => id !== current?.id);
  const [to, setTo] = useState(others[0] ? String(others[0].id) : NONE);
  const [reason, setReason] = useState('');
  const options = [
    ...others.map(({ id, name }) => ({
      value: String(id),
      label: `${showInvisible(name)}, ${campaignRef(id)}`,
    })),
    ...(current ? [{ value: NONE, label: 'No campaign' }] : []),
  ];
  const input = {
    clusterId: cluster.id,
    from: current?.id ?? null,
    to: to === NONE ? null : Number(to),
    reason,
  };
  return (
    <FormDialog
      title={current ? `Move ${cluster.name}` : `Add ${cluster.name} to a campaign`}
      note="Says that one operation is behind it and the others there. Nothing is done to its accounts."
      button={current ? 'Move' : 'Add'}
      done={to === NONE ? `${cluster.name} is in no campaign` : `${cluster.name} is in the campaign`}
      input={reason.trim().length >= 3 ? input : null}
      act={actions.assign}
      onClose={onClose}
    >
      <SelectField label="Campaign" value={to} options={options} onChange={setTo} />
      <ReasonField value={reason} onChange={setReason} placeholder="What ties it to the others" />
    </FormDialog>
  );
}

function NewDialog({
  cluster,
  actions,
  onClose,
}: Pick<Props, 'cluster' | 'actions'> & { onClose: () => void }) {
  const [name, setName] = useState('');
  const [summary, setSummary] = useState('');
  return (
    <FormDialog
      title="Open a campaign"
      note={`It begins with ${cluster.name}. Nothing is done to its accounts.`}
      button="Open"
      done="The campaign is open"
      input={name.trim().length >= 2 ? { name, summary, clusterId: cluster.id } : null}
      act={actions.create}
      onClose={onClose}
    >
      <TextField label="Name" value={name} onChange={setName} maxLength={80} />
      <LinesField
        label="Summary"
        value={summary}
        onChange={setSummary}
        placeholder="What it does and how it shows"
      />
    </FormDialog>
  );
}
