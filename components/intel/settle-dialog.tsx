'use client';

import { useState } from 'react';
import { showInvisible } from '@/components/ui/format';
import { ReasonField } from '@/components/ui/reason-field';
import type { ActionResult } from '@/lib/errors';
import type { SettleValueInput } from '@/lib/intel/partner-schema';
import { FormDialog } from './form-dialog';

export type Settle = (input: SettleValueInput) => Promise<ActionResult<unknown>>;

/** A person's word on a value that partners name. */
export function SettleDialog({
  indicatorId,
  value,
  counts,
  settle,
  onClose,
}: Pick<SettleValueInput, 'indicatorId' | 'counts'> & {
  value: string;
  settle: Settle;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={counts ? 'Let this value count?' : 'Dispute this value?'}
      note={
        counts
          ? 'Accounts that show it are told to be named by partners, whoever names it.'
          : 'It is evidence of nothing from now on, whoever names it and however often.'
      }
      button={counts ? 'Let it count' : 'Dispute'}
      done={counts ? 'It counts' : 'Disputed'}
      input={reason.trim().length >= 3 ? { indicatorId, counts, reason } : null}
      act={settle}
      onClose={onClose}
    >
      <p className="mono said-text">{showInvisible(value)}</p>
      <ReasonField value={reason} onChange={setReason} autoFocus />
    </FormDialog>
  );
}
