import { Button } from '@/components/ui/button';
import { formatDollars, formatOf } from '@/components/ui/format';
import { Refused } from '@/components/ui/tooltip';
import { MOST_COMPARED } from '@/lib/clusters/fixed-sets';
import type { SelectedMember } from '@/lib/clusters/schema';

/** The list's footer while accounts are selected: how much that is, and what can be done with exactly these, or with all
 * others. */
export function AccountBulk({
  members,
  refusal,
  busy,
  onCompare,
  onExclude,
  onPropose,
  onClear,
}: {
  members: SelectedMember[];
  /** Why the reader may not propose, or null. */
  refusal: string | null;
  busy: boolean;
  onCompare: () => void;
  /** Proposes for all but these. */
  onExclude: () => void;
  onPropose: () => void;
  onClear: () => void;
}) {
  const spend = members.reduce((sum, member) => sum + (member.monthlySpendUsd ?? 0), 0);
  const paying = members.filter((member) => member.paying).length;
  const off = refusal !== null || busy;
  const propose = (
    <>
      <Button
        disabled={off}
        onClick={onExclude}
        title="An action for all core and ordinary accounts but these"
      >
        Leave these out…
      </Button>
      <Button disabled={off} onClick={onPropose}>
        Propose for these…
      </Button>
    </>
  );
  const comparable = members.length >= 2 && members.length <= MOST_COMPARED;
  return (
    <div className="cl-bulk" role="toolbar" aria-label="Selection">
      <span className="strong">{formatOf(members.length, 'account')} selected</span>
      <span className="soft clip">
        {formatDollars(spend)} a month,{' '}
        {paying === 0 ? 'none pays' : `${paying} ${paying === 1 ? 'pays' : 'pay'}`}
      </span>
      <span className="push" />
      {comparable ? (
        <Button onClick={onCompare}>Compare</Button>
      ) : (
        <Refused reason={`Two to ${MOST_COMPARED} accounts can be compared.`}>
          <Button disabled>Compare</Button>
        </Refused>
      )}
      {refusal ? <Refused reason={refusal}>{propose}</Refused> : propose}
      <Button variant="ghost" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
