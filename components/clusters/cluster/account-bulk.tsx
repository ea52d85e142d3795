import { Button } from '@/components/ui/button';
import { formatDollars, formatOf } from '@/components/ui/format';
import { Refused } from '@/components/ui/tooltip';
import type { MemberRow } from '@/lib/clusters/schema';

/** The list's footer while accounts are selected: how much that is, and what can be done with exactly these. */
export function AccountBulk({
  members,
  refusal,
  onPropose,
  onClear,
}: {
  members: MemberRow[];
  /** Why the reader may not propose, or null. */
  refusal: string | null;
  onPropose: () => void;
  onClear: () => void;
}) {
  const spend = members.reduce((sum, member) => sum + (member.monthlySpendUsd ?? 0), 0);
  const paying = members.filter((member) => member.paying).length;
  const propose = (
    <Button disabled={refusal !== null} onClick={onPropose}>
      Propose for these…
    </Button>
  );
  return (
    <div className="cl-bulk" role="toolbar" aria-label="Selection">
      <span className="strong">{formatOf(members.length, 'account')} selected</span>
      <span className="soft clip">
        {formatDollars(spend)} a month,{' '}
        {paying === 0 ? 'none pays' : `${paying} ${paying === 1 ? 'pays' : 'pay'}`}
      </span>
      <span className="push" />
      {refusal ? <Refused reason={refusal}>{propose}</Refused> : propose}
      <Button variant="ghost" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
