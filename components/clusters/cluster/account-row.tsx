import { AccountStatusMark } from '@/components/accounts/account-status';
import { TrailLink } from '@/components/shell/trail';
import { Ago } from '@/components/ui/ago';
import { Badge } from '@/components/ui/badge';
import { formatCount, formatDollars, showInvisible } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { MemberFilter } from '@/lib/clusters/member-filter';
import type { MemberRow } from '@/lib/clusters/schema';
import { kindShort } from '../kind-icon';

export interface Column {
  label: string;
  num?: true;
  sort?: MemberFilter['sort'];
  /** On which screens it gives way. */
  hide?: 'narrow' | 'middle';
  /** Pixels; the first takes what is left. */
  width?: number;
}

export const COLUMNS: Column[] = [
  { label: 'Account' },
  { label: 'Role', width: 92 },
  { label: 'Link', num: true, sort: 'strength', width: 52 },
  { label: 'Plan', hide: 'middle', width: 98 },
  { label: 'Country', hide: 'middle', width: 60 },
  { label: 'Spend/mo', num: true, sort: 'spend', width: 74 },
  { label: 'Exchanges', num: true, sort: 'exchanges', width: 78 },
  { label: 'Age', num: true, sort: 'age', width: 52 },
  { label: 'Held by', hide: 'narrow', width: 156 },
  { label: 'Status', width: 104 },
];

/** "education, research": the plan and its programme, once when they are called the same. */
function planWords(plan: string, program: string | null): string {
  const text = program && program !== plan ? `${plan}, ${program}` : plan;
  return text.replaceAll('_', ' ');
}

const HELD = 2;

/** "phone, template +4": the strongest two, and how many more. */
function heldBy(kinds: string[]): string {
  if (kinds.length === 0) return '–';
  const more = kinds.length - HELD;
  return `${kinds.slice(0, HELD).join(', ')}${more > 0 ? ` +${more}` : ''}`;
}

/** One account; bars at row height while its page is on the way. */
export function AccountRow({
  index,
  row,
  selected,
  onSelect,
  onExplain,
}: {
  index: number;
  row: MemberRow | undefined;
  selected: boolean;
  onSelect: (row: MemberRow) => void;
  onExplain: (row: MemberRow) => void;
}) {
  if (!row) {
    return (
      <tr aria-rowindex={index + 2} className="cl-wait">
        <td colSpan={COLUMNS.length + 1}>
          <i style={{ width: `${30 + ((index * 37) % 40)}%` }} />
        </td>
      </tr>
    );
  }
  const guarded = [row.enterprise && 'enterprise', row.verified && 'verified'].filter(Boolean);
  const kinds = row.kinds.map(kindShort);
  return (
    <tr aria-rowindex={index + 2} className={selected ? 'on' : undefined}>
      <td className="cl-tick">
        <input
          type="checkbox"
          checked={selected}
          disabled={row.role === 'weak'}
          title={row.role === 'weak' ? 'Linked too weakly to be acted on' : undefined}
          aria-label={`Select ${showInvisible(row.accountId)}`}
          onChange={() => onSelect(row)}
        />
      </td>
      <td className="cl-id">
        <TrailLink className="mono cl-account" to={{ type: 'account', id: row.accountId }}>
          <RawText>{row.accountId}</RawText>
        </TrailLink>
        {row.displayName && (
          <span className="small mute clip">
            <RawText>{row.displayName}</RawText>
          </span>
        )}
      </td>
      <td className="cl-role">
        {row.role === 'weak' ? <Badge tone="warn">weak link</Badge> : <span>{row.role}</span>}
        {guarded.length > 0 && <Badge tone="warn">{guarded.join(', ')}</Badge>}
        {row.paying && <span className="small mute">paying</span>}
      </td>
      <td className="num">
        <button
          type="button"
          className="cl-why"
          title="Why it is in"
          aria-label={`Why ${showInvisible(row.accountId)} is in, strength ${row.strength.toFixed(2)}`}
          onClick={() => onExplain(row)}
        >
          {row.strength.toFixed(2)}
        </button>
      </td>
      <td data-hide="middle">
        <span className="cl-plan clip">
          {row.plan ? <RawText>{planWords(row.plan, row.program)}</RawText> : '–'}
        </span>
      </td>
      <td data-hide="middle">{row.country ?? '–'}</td>
      <td className="num">{row.monthlySpendUsd === null ? '–' : formatDollars(row.monthlySpendUsd)}</td>
      <td className="num">{formatCount(row.exchanges)}</td>
      <td className="num">
        <Ago at={row.createdAt} />
      </td>
      <td className="soft cl-held" data-hide="narrow" title={kinds.join(', ')}>
        {heldBy(kinds)}
      </td>
      <td>
        <AccountStatusMark status={row.status} />
      </td>
    </tr>
  );
}
