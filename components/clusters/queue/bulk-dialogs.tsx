'use client';

import { useDesk } from '@/components/shell/desk-context';
import { refusalOf } from '../refusal-of';
import { BulkDismiss } from './bulk-dismiss';
import { BulkPropose, type ProposeActions } from './bulk-propose';
import { RowResults } from './row-results';
import type { Bulk } from './use-bulk';
import type { QueueActions } from './use-claims';

/** What is asked before several clusters are acted on, and what became of each. */
export function BulkDialogs({
  bulk,
  actions,
  onChanged,
}: {
  bulk: Bulk;
  actions: QueueActions & ProposeActions;
  /** Something was written: read again. */
  onChanged: () => void;
}) {
  const { person } = useDesk();
  const { asked, outcomes, settle, close } = bulk;
  if (asked?.what === 'dismiss')
    return (
      <BulkDismiss
        rows={asked.rows}
        refusal={(each) => refusalOf('dismiss', each, person)}
        dismiss={actions.dismissMany}
        onClose={close}
        onDone={(results) => {
          close();
          settle(asked.rows, results);
          onChanged();
        }}
      />
    );
  if (asked?.what === 'propose')
    return <BulkPropose rows={asked.rows} actions={actions} onClose={close} onDone={onChanged} />;
  return outcomes && <RowResults title="Some were refused" outcomes={outcomes} onClose={close} />;
}
