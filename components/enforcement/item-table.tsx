'use client';

import { Check, Clock, Minus, RefreshCw, SendHorizontal, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import {
  formatClock,
  formatCount,
  formatDuration,
  formatMoment,
  formatOf,
  showInvisible,
} from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { EnforcementAction, ItemRow, ItemState, ProposalProgress } from '@/lib/enforcement/schema';
import { type RetryAction, RetryDialog } from './retry-dialog';
import { useItems } from './use-progress';
import { ITEM_WORD, itemWord, tally } from './words';

const FIRST = 12;
const MORE = 100;
/** As many as one read may answer. */
const MOST = 500;
/** Statuses in which accounts that were given up may be tried again. */
const RETRIED_FROM: readonly string[] = ['running', 'paused', 'done'];
const FILTERS = ['waiting', 'sent', 'retrying', 'dead', 'skipped'] as const;

const STATE: Record<ItemState, { tone?: 'ok' | 'warn' | 'bad' | 'live'; icon: typeof Check }> = {
  waiting: { icon: Clock },
  sent: { tone: 'live', icon: SendHorizontal },
  retrying: { tone: 'warn', icon: RefreshCw },
  done: { tone: 'ok', icon: Check },
  dead: { tone: 'bad', icon: TriangleAlert },
  skipped: { icon: Minus },
};

/** What became of each account, newest first. */
export function ItemTable({
  id,
  action,
  progress,
  quiet,
  retry,
}: {
  id: number;
  action: EnforcementAction;
  progress: ProposalProgress;
  retry: RetryAction;
  /** The page says already that it is not up to date. */
  quiet: boolean;
}) {
  const [state, setState] = useState<ItemState | null>(null);
  const [limit, setLimit] = useState(FIRST);
  const [again, setAgain] = useState<string | 'all' | null>(null);
  const { may } = useDesk();
  const retries = may('enforcement.steer') && RETRIED_FROM.includes(progress.status);
  const { data, error, isPending, isPlaceholderData } = useItems(id, {
    state,
    limit,
    status: progress.status,
  });
  const sum = tally(progress.stages);
  const rows = data?.rows ?? (state === null ? progress.recent.slice(0, FIRST) : []);
  const total = data?.total ?? (state === null ? sum.total : sum[state]);
  const choose = (next: ItemState | null) => {
    setState(next);
    setLimit(FIRST);
  };
  return (
    <section className="panel" aria-labelledby="items-title">
      <header>
        <h2 id="items-title">Accounts</h2>
        <fieldset className="seg">
          <legend className="vh">State</legend>
          <button type="button" aria-pressed={state === null} onClick={() => choose(null)}>
            All {formatCount(sum.total)}
          </button>
          {FILTERS.filter(
            (each) => sum[each] > 0 || each === state || each === 'dead' || each === 'retrying',
          ).map((each) => (
            <button key={each} type="button" aria-pressed={state === each} onClick={() => choose(each)}>
              {ITEM_WORD[each]} {formatCount(sum[each])}
            </button>
          ))}
        </fieldset>
        <span className="push" />
        {retries && sum.dead > 0 && (
          <Button onClick={() => setAgain('all')}>
            <RefreshCw className="i" aria-hidden="true" />
            Try {formatOf(sum.dead, 'failed account')} again…
          </Button>
        )}
      </header>
      {again !== null && (
        <RetryDialog
          id={id}
          accountIds={again === 'all' ? undefined : [again]}
          count={again === 'all' ? sum.dead : 1}
          retry={retry}
          onClose={() => setAgain(null)}
        />
      )}
      {error && !quiet && (
        <p className="p-stale small" role="status">
          {error.message}
        </p>
      )}
      <table className={`grid rows-32 plain p-items${isPlaceholderData ? ' p-dim' : ''}`}>
        <thead>
          <tr>
            <th scope="col">Time, UTC</th>
            <th scope="col">Account</th>
            <th scope="col">State</th>
            <th scope="col">What happened</th>
            <th scope="col" className="num">
              Took
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Item
              key={row.accountId}
              row={row}
              action={action}
              onRetry={retries ? () => setAgain(row.accountId) : undefined}
            />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && !isPending && (
        <p className="p-empty soft">
          {state === null
            ? 'Nothing was sent yet.'
            : `No account is ${ITEM_WORD[state as keyof typeof ITEM_WORD].toLowerCase()}.`}{' '}
          {state !== null && (
            <button type="button" className="link" onClick={() => choose(null)}>
              Show all {formatCount(sum.total)}
            </button>
          )}
        </p>
      )}
      {total > rows.length && rows.length > 0 && (
        <footer className="p-more">
          <span className="small mute">
            {formatCount(rows.length)} of {formatCount(total)} shown
          </span>
          <Button
            variant="ghost"
            onClick={() => setLimit(Math.min(MOST, limit + MORE))}
            disabled={limit >= MOST}
          >
            {limit >= MOST ? 'Filter by state to see others' : 'Show more'}
          </Button>
        </footer>
      )}
    </section>
  );
}

function Item({ row, action, onRetry }: { row: ItemRow; action: EnforcementAction; onRetry?: () => void }) {
  const { tone, icon: Icon } = STATE[row.state];
  return (
    <tr>
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
