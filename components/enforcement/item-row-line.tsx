import { Check, Clock, Minus, RefreshCw, SendHorizontal, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { formatClock, formatDuration, formatMoment, showInvisible } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { EnforcementAction, ItemRow, ItemState } from '@/lib/enforcement/schema';
import { itemWord } from './words';

const STATE: Record<ItemState, { tone?: 'ok' | 'warn' | 'bad' | 'live'; icon: typeof Check }> = {
  waiting: { icon: Clock },
  sent: { tone: 'live', icon: SendHorizontal },
  retrying: { tone: 'warn', icon: RefreshCw },
  done: { tone: 'ok', icon: Check },
  dead: { tone: 'bad', icon: TriangleAlert },
  skipped: { icon: Minus },
};

/** One account of an action: when it moved last, its state, and what happened. */
export function ItemRowLine({
  row,
  action,
  ticked,
  onTick,
  onRetry,
}: {
  row: ItemRow;
  action: EnforcementAction;
  /** Absent: the table has no ticks. */
  ticked: boolean | undefined;
  onTick: (on: boolean) => void;
  onRetry?: () => void;
}) {
  const { tone, icon: Icon } = STATE[row.state];
  return (
    <tr>
      {ticked !== undefined && (
        <td className="p-tick">
          {row.state === 'dead' && (
            <input
              type="checkbox"
              aria-label={`Choose ${showInvisible(row.accountId)}`}
              checked={ticked}
              onChange={(event) => onTick(event.target.checked)}
            />
          )}
        </td>
      )}
      <td className="soft">
        {row.at ? (
          <time dateTime={row.at} title={formatMoment(row.at)}>
            {formatClock(row.at)}
          </time>
        ) : (
          '–'
        )}
      </td>
      <td>
        <Link
          className="mono p-account"
          href={`/accounts/${encodeURIComponent(row.accountId)}`}
          prefetch={false}
        >
          <RawText>{row.accountId}</RawText>
        </Link>
      </td>
      <td>
        <Badge tone={tone} icon={<Icon className="i" aria-hidden="true" />}>
          {itemWord(row.state, action)}
        </Badge>
      </td>
      <td className={row.state === 'dead' ? 'p-why p-bad' : 'soft clip'}>
        <span title={row.outcome ?? undefined}>
          {row.outcome === null ? (
            <span className="mute">{triesWords(row)}</span>
          ) : (
            showInvisible(row.outcome)
          )}
        </span>
        {row.state === 'dead' && onRetry && (
          <>
            {' '}
            <button type="button" className="link" onClick={onRetry}>
              Try again…
            </button>
          </>
        )}
      </td>
      <td className="num soft">{tookWords(row.tookMs)}</td>
    </tr>
  );
}

function triesWords({ state, attempts }: ItemRow): string {
  if (state === 'waiting') return 'not sent yet';
  return attempts <= 1 ? 'first try' : `${attempts} tries`;
}

function tookWords(ms: number | null): string {
  if (ms === null) return '–';
  return ms < 1000 ? `${ms} ms` : formatDuration(ms / 1000);
}
